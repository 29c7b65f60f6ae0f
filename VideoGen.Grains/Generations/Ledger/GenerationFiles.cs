using VideoGen.Grains.Backends;
using VideoGen.Grains.Media;

namespace VideoGen.Grains.Generations.Ledger;

/// <summary>
/// The names of a generation's files. They are derived from its id and owner, so that no file can be lost track of. The upload
/// does not belong to the generation.
/// </summary>
internal static class GenerationFiles
{
    public static string Video(string id, string owner) => $"{id}{MediaOwner.TagOf(owner)}.mp4";

    public static string Poster(string id, string owner) => $"{id}{MediaOwner.TagOf(owner)}.jpg";

    /// <summary>All files that may exist.</summary>
    public static IEnumerable<(MediaKind Kind, string Name)> Of(string id, string owner, int attempts) =>
    [
        (MediaKind.Video, Video(id, owner)),
        (MediaKind.Video, Poster(id, owner)),
        .. Originals(id, attempts).Select(name => (MediaKind.Original, name)),
    ];

    /// <summary>
    /// The files that a generation needs, with their sizes: the video and the poster once it is completed; and the current
    /// attempt's original until the video is made from it, while a retry can continue with it, or because originals are kept.
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
    /// The originals that a generation does not need: those of earlier attempts and of one that was given up, and the last one
    /// when the video is finished. While an attempt is in progress, its own original may be about to arrive.
    /// </summary>
    public static IEnumerable<string> Obsolete(string id, Generation generation, bool keepsOriginals) =>
        Originals(id, generation.IsFinished ? generation.AttemptNumber : generation.AttemptNumber - 1)
            .Except(Held(generation, keepsOriginals).Select(file => file.Name));

    private static IEnumerable<string> Originals(string id, int attempts) =>
        Enumerable.Range(1, Math.Max(0, attempts)).Select(attempt => RenderRequest.OriginalNameOf(id, attempt));
}

/// <summary>One file of a generation.</summary>
internal sealed record HeldFile(MediaKind Kind, string Name, long Bytes);
