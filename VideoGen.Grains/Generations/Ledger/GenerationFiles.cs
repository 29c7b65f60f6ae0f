using VideoGen.Grains.Backends;
using VideoGen.Grains.Media;

namespace VideoGen.Grains.Generations.Ledger;

/// <summary>
/// The names under which a generation keeps its files: they follow from its id and owner, so that none is ever lost sight of.
/// The upload is not the generation's own.
/// </summary>
internal static class GenerationFiles
{
    public static string Video(string id, string owner) => $"{id}{MediaOwner.TagOf(owner)}.mp4";

    public static string Poster(string id, string owner) => $"{id}{MediaOwner.TagOf(owner)}.jpg";

    /// <summary>Everything that may be there.</summary>
    public static IEnumerable<(MediaKind Kind, string Name)> Of(string id, string owner, int attempts) =>
    [
        (MediaKind.Video, Video(id, owner)),
        (MediaKind.Video, Poster(id, owner)),
        .. Originals(id, attempts).Select(name => (MediaKind.Original, name)),
    ];

    /// <summary>
    /// What a generation holds, with the bytes: the film and the poster once they are promised; and the original of the
    /// attempt in hand until the film is made of it, while a retry can go on with it, or because originals are kept.
    /// </summary>
    public static IEnumerable<HeldFile> Held(Generation generation, bool keepsOriginals)
    {
        if (generation.IsExpired || generation.IsDeleted)
        {
            yield break;
        }

        if (generation.Film is { } video)
        {
            yield return new HeldFile(MediaKind.Video, video.Video, video.Bytes);
            yield return new HeldFile(MediaKind.Video, video.Poster, video.PosterBytes);
        }

        if (generation.Attempt is { Original: { } original, IsOver: false } && (generation.Film is null || keepsOriginals))
        {
            yield return new HeldFile(MediaKind.Original, original.Name, original.Bytes);
        }
    }

    /// <summary>
    /// The originals that a generation does not hold: those of earlier attempts and of one that is given up, and the last one
    /// when the film is made. While an attempt is in hand its own may be about to come.
    /// </summary>
    public static IEnumerable<string> Obsolete(string id, Generation generation, bool keepsOriginals) =>
        Originals(id, generation.IsFinished ? generation.AttemptNumber : generation.AttemptNumber - 1)
            .Except(Held(generation, keepsOriginals).Select(file => file.Name));

    private static IEnumerable<string> Originals(string id, int attempts) =>
        Enumerable.Range(1, Math.Max(0, attempts)).Select(attempt => RenderRequest.OriginalNameOf(id, attempt));
}

/// <summary>One file of a generation.</summary>
internal sealed record HeldFile(MediaKind Kind, string Name, long Bytes);
