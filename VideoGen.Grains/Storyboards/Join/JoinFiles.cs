using System.Security.Cryptography;
using System.Text;
using VideoGen.Grains.Media;

namespace VideoGen.Grains.Storyboards.Join;

/// <summary>
/// The names of the files of a join. They are derived from the request alone, so that no file can be lost track of, and a join
/// that is repeated after a crash finds what it has made.
/// </summary>
internal static class JoinFiles
{
    // A part of the names of segments: raised when they are encoded in another way, so that no video mixes two encodings.
    private const int EncodingVersion = 1;

    public static string Video(string id, string owner, int number) => $"{id}-{number}{MediaOwner.TagOf(owner)}.mp4";

    public static string Poster(string id, string owner, int number) => $"{id}-{number}{MediaOwner.TagOf(owner)}.jpg";

    /// <summary>All files that may exist; the segments exist only until the join is finished.</summary>
    public static IEnumerable<(MediaKind Kind, string Name)> Of(JoinRequest request) =>
    [
        (MediaKind.Video, Video(request.Id, request.Owner, request.Number)),
        (MediaKind.Video, Poster(request.Id, request.Owner, request.Number)),
        .. Segments(request).Select(name => (MediaKind.Original, name)),
    ];

    /// <summary>
    /// The names of the segments, in the order of <see cref="Timeline.Segments"/>. Each contains a hash of everything that the
    /// segment is made of. Ranges are written as distances from both ends of a shot: its length is not known here, and is fixed
    /// by its name, since stored content never changes.
    /// </summary>
    public static IReadOnlyList<string> Segments(JoinRequest request)
    {
        var names = new List<string>();
        for (var shot = 0; shot < request.Shots.Length; shot++)
        {
            var (own, fade) = (request.Shots[shot], Timeline.FadeAfter(request.Shots, shot));
            Add($"body {own.Video} {own.FirstFrame + own.FadeFrames} {fade}");
            if (fade > 0)
            {
                var next = request.Shots[shot + 1];
                Add($"fade {own.Video} {next.Video} {next.FirstFrame} {fade}");
            }
        }

        return names;

        void Add(string content) => names.Add(
            $"{request.Id}-{request.Number}-{names.Count + 1}-"
            + $"{Hash($"{EncodingVersion} {request.Frame.Width}x{request.Frame.Height} {content}")}.mp4");
    }

    private static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
}
