using VideoGen.Grains.Ports;

namespace VideoGen.Grains.Generations;

/// <summary>
/// The names under which a generation keeps its files: they follow from its id and owner, so that none is ever lost sight of.
/// </summary>
internal static class GenerationFiles
{
    public static string Film(string id, string owner) => $"{id}{MediaOwner.TagOf(owner)}.mp4";

    public static string Poster(string id, string owner) => $"{id}{MediaOwner.TagOf(owner)}.jpg";

    /// <summary>Everything that may be there; the upload is not the generation's own.</summary>
    public static IEnumerable<(MediaKind Kind, string Name)> Of(string id, string owner, int attempts) =>
    [
        (MediaKind.Video, Film(id, owner)),
        (MediaKind.Video, Poster(id, owner)),
        .. Enumerable.Range(1, attempts).Select(attempt => (MediaKind.Original, RenderOrder.OriginalNameOf(id, attempt))),
    ];
}
