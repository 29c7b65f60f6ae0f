using System.Globalization;
using System.Text.Json;

namespace VideoGen.Api.Http;

/// <summary>Reads values as the old backend did: whole numbers as <c>5</c>, <c>5.0</c> or <c>"5"</c>.</summary>
internal static class LenientJson
{
    /// <summary>Returns the value of a field, or null if it is missing or null.</summary>
    public static JsonElement? Field(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>Whether a field is there and null, which takes away what there is.</summary>
    public static bool IsNull(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Null;

    /// <summary>Returns null if the value is not a string, or contains an unpaired surrogate such as <c>"\ud800"</c>.</summary>
    public static string? AsText(this JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Returns null if the value is not a whole number in the range of an integer.</summary>
    public static int? AsInteger(this JsonElement value)
    {
        var text = value.ValueKind == JsonValueKind.Number ? value.GetRawText() : value.AsText();
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number is >= int.MinValue and <= int.MaxValue && double.IsInteger(number) ? (int)number : null;
    }
}
