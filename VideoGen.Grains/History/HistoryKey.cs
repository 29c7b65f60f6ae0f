namespace VideoGen.Grains.History;

/// <summary>
/// The keys of histories: an owner's generations have the owner as their key, and each further list of that owner has a path
/// below it. Owners contain no slash.
/// </summary>
public static class HistoryKey
{
    /// <summary>The characters of an owner.</summary>
    public static string Characters(string owner) => $"{owner}/characters";

    /// <summary>The storyboards of an owner.</summary>
    public static string Storyboards(string owner) => $"{owner}/storyboards";

    /// <summary>The generations that were made with a character.</summary>
    public static string Lineage(string owner, string characterId) => $"{owner}/characters/{characterId}";

    /// <summary>The owner of a list.</summary>
    public static string OwnerOf(string key) => key.IndexOf('/') is >= 0 and var slash ? key[..slash] : key;
}
