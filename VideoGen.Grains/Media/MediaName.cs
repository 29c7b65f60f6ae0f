using System.Globalization;
using System.Text.RegularExpressions;

namespace VideoGen.Grains.Media;

/// <summary>The names of stored files; a media store never looks up anything else.</summary>
public static partial class MediaName
{
    /// <summary>A name for a new character picture of this owner; it reveals nothing about the client's file name.</summary>
    public static string NewCharacter(string owner) => $"character_{Guid.CreateVersion7():N}{MediaOwner.TagOf(owner)}.jpg";

    /// <summary>When the name of a character picture was created (RFC 9562 §5.7); null for other names.</summary>
    public static DateTimeOffset? CharacterSince(string name) =>
        Character().Match(name) is { Success: true } match
        && long.TryParse(match.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var milliseconds)
            ? DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(milliseconds, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()))
            : null;

    /// <summary>
    /// Whether the name has the form of a stored name: no separators, no dots at the start, at most 100 characters.
    /// </summary>
    public static bool IsWellFormed(string name) => WellFormed().IsMatch(name);

    [GeneratedRegex(@"\Acharacter_([0-9a-f]{12})7[0-9a-f]{19}[_.]", RegexOptions.CultureInvariant)]
    private static partial Regex Character();

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9_-]{0,90}\.(jpg|mp4)\z", RegexOptions.CultureInvariant)]
    private static partial Regex WellFormed();
}
