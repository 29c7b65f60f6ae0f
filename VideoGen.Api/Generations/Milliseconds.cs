using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace VideoGen.Api.Generations;

/// <summary>Writes a time as <c>2026-11-23T01:09:16.589Z</c>: UTC, always with milliseconds.</summary>
internal sealed class Milliseconds : JsonConverter<DateTimeOffset>
{
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[24];
        value.UtcDateTime.TryFormat(text, out var written, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..written]);
    }

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset();
}
