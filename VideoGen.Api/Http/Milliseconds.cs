using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace VideoGen.Api.Http;

/// <summary>Writes a time as <c>2026-11-23T01:09:16.589Z</c>: UTC, always with milliseconds.</summary>
internal sealed class Milliseconds : JsonConverter<DateTimeOffset>
{
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        // "2026-11-23T01:09:16.5891234Z": .NET has a fast path for the round-trip format but not for custom formats.
        Span<byte> text = stackalloc byte[28];
        value.UtcDateTime.TryFormat(text, out _, "O", CultureInfo.InvariantCulture);
        text[23] = (byte)'Z';
        writer.WriteStringValue(text[..24]);
    }

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset();
}
