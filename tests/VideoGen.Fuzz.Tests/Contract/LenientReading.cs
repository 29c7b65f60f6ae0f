using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace VideoGen.Fuzz.Tests.Contract;

/// <summary>
/// Whether a body is one that must be refused. It is read the way the contract demands of the server, which is more lenient than
/// the schema: whole numbers as <c>"5"</c>, <c>5.0</c> or <c>5</c> wherever a number or a word of digits is meant, null for
/// missing, unknown fields ignored, the last of two fields of a name, a byte order mark.
/// </summary>
internal static class LenientReading
{
    /// <summary>Why; null when it may be accepted.</summary>
    public static string? WhyForbidden(ReadOnlyMemory<byte> body, JsonElement schema, Schemas schemas)
    {
        try
        {
            using var document = JsonDocument.Parse(WithoutMark(body));
            if (document.RootElement.ValueKind is not JsonValueKind.Object)
            {
                return "no object";
            }

            using var read = JsonSerializer.SerializeToDocument(Read(document.RootElement, schemas.Resolve(schema), schemas));
            return schemas.Allows(schema, read.RootElement) ? null : "against the schema";
        }
        catch (JsonException)
        {
            return "no JSON";
        }
        catch (InvalidOperationException)
        {
            return "no text";    // "\ud800" is half a character
        }
    }

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> body) =>
        body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body;

    private static JsonObject Read(JsonElement body, JsonElement schema, Schemas schemas)
    {
        var read = new JsonObject();
        foreach (var property in schema.GetProperty("properties").EnumerateObject())
        {
            if (body.TryGetProperty(property.Name, out var value) && value.ValueKind is not JsonValueKind.Null)
            {
                read[property.Name] = Read(value, schemas.Resolve(property.Value));
            }
        }

        return read;
    }

    private static JsonNode? Read(JsonElement value, JsonElement schema)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
        var isWhole = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsInteger(number) && Math.Abs(number) < 1e15;
        return isWhole && Takes(schema, "integer") ? JsonValue.Create((long)number)
            : isWhole && schema.TryGetProperty("enum", out _)
                ? JsonValue.Create(((long)number).ToString(CultureInfo.InvariantCulture))
            : value.ValueKind is JsonValueKind.String ? JsonValue.Create(text)
            : value.ValueKind is JsonValueKind.Number && !value.TryGetDecimal(out _) ? JsonValue.Create(double.MaxValue)
            : JsonNode.Parse(value.GetRawText());
    }

    private static bool Takes(JsonElement schema, string type) => schema.TryGetProperty("type", out var types)
        && (types.ValueKind is JsonValueKind.String
            ? types.GetString() == type
            : types.EnumerateArray().Any(one => one.GetString() == type));
}
