using VideoGen.Grains.Ports;

namespace VideoGen.Grains.Generations;

/// <summary>The names under which a generation keeps its files: they follow from its id, so that none is ever lost sight of.</summary>
internal static class GenerationFiles
{
    public static string Film(string id) => $"{id}.mp4";

    public static string Poster(string id) => $"{id}.jpg";

    /// <summary>Everything that may be there; the upload is not the generation's own.</summary>
    public static IEnumerable<(MediaKind Kind, string Name)> Of(string id, int attempts) =>
    [
        (MediaKind.Video, Film(id)),
        (MediaKind.Video, Poster(id)),
        .. Enumerable.Range(1, attempts).Select(attempt => (MediaKind.Original, RenderOrder.OriginalNameOf(id, attempt))),
    ];
}
