using System.Globalization;
using System.Text;
using System.Text.Json;

namespace VideoGen.Api.Http;

/// <summary>Texts that people wrote, measured in Unicode characters.</summary>
internal static class PlainText
{
    public static int LengthOf(string text) => text.EnumerateRunes().Count();

    /// <summary>Whether there is something to see in it.</summary>
    public static bool IsVisible(string text) => text.EnumerateRunes().Any(rune =>
        !Rune.IsWhiteSpace(rune) && !Rune.IsControl(rune) && Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format);

    /// <summary>Reads a text that must not be blank; null with an error.</summary>
    public static string? Read(JsonElement value, string field, int longest, FieldErrors errors)
    {
        var text = value.AsText();
        if (text is not null && IsVisible(text) && LengthOf(text) <= longest)
        {
            return text;
        }

        errors.Add(field, $"{field} must be a string of 1 to {longest} characters that is not blank.");
        return null;
    }
}
