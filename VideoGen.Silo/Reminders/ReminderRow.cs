using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace VideoGen.Silo.Reminders;

/// <summary>
/// The stored form of a reminder: a field <c>"videogen.generation/0197…","drive/public"</c> and its value
/// <c>"etag","2026-11-29T10:00:00.0000000Z","00:01:00"</c>, both the inside of a JSON array.
/// </summary>
internal static class ReminderRow
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Field(GrainId grain, string name) => Join(grain.ToString(), name);

    /// <summary>The prefix of all fields of a grain.</summary>
    public static string FieldStart(GrainId grain) => Join(grain.ToString()) + ",";

    public static string Value(ReminderEntry entry, string eTag) => Join(
        eTag, entry.StartAt.ToString("O", CultureInfo.InvariantCulture),
        entry.Period.ToString("c", CultureInfo.InvariantCulture));

    /// <summary>The prefix of a value with exactly this ETag.</summary>
    public static string ValueStart(string eTag) => Join(eTag) + ",";

    /// <summary>Reads a field and its value, joined by a comma.</summary>
    public static ReminderEntry Parse(string row) =>
        JsonSerializer.Deserialize<string[]>($"[{row}]") is [var grain, var name, var eTag, var start, var period]
            ? new ReminderEntry
            {
                GrainId = GrainId.Parse(grain),
                ReminderName = name,
                ETag = eTag,
                StartAt = DateTime.Parse(start, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
                Period = TimeSpan.Parse(period, CultureInfo.InvariantCulture),
            }
            : throw new JsonException("A stored reminder must have five parts.");

    private static string Join(params string[] parts) => JsonSerializer.Serialize(parts, Json)[1..^1];
}
