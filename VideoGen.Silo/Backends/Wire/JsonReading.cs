using System.Text.Json;

namespace VideoGen.Silo.Backends.Wire;

/// <summary>Reads responses whose shape is not guaranteed: a property that is missing or has another type is null.</summary>
internal static class JsonReading
{
    public static JsonElement? Get(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value)
        && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    public static string? Text(this JsonElement json, string name) =>
        json.Get(name) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } text ? text : null;

    /// <summary>
    /// A string without spaces that can be part of a path, or a number as a string: some providers number their jobs.
    /// </summary>
    public static string? Identifier(this JsonElement json, string name, int longest = 200) => json.Get(name) switch
    {
        { ValueKind: JsonValueKind.String } value when value.GetString() is { Length: > 0 } and not "." and not ".."
            and var text && text.Length <= longest && text.All(character => character is > ' ' and < '\x7f') => text,
        { ValueKind: JsonValueKind.Number } value when value.TryGetUInt64(out var number) => $"{number}",
        _ => null,
    };

    public static int? Whole(this JsonElement json, string name) =>
        json.Get(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) ? number : null;

    /// <summary>Progress from 0 to 1, read from a fraction or a percentage.</summary>
    public static double? Progress(this JsonElement json) =>
        (json.Get("progress") ?? json.Get("progress_percent")) is { ValueKind: JsonValueKind.Number } value
            && value.TryGetDouble(out var number) && number >= 0
                ? Math.Min(number > 1 ? number / 100 : number, 1)
                : null;

    public static IEnumerable<JsonElement> Items(this JsonElement json, string name) =>
        json.Get(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];
}
