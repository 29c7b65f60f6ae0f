using VideoGen.Grains.Video;

namespace VideoGen.Silo.Video;

/// <summary>One call of ffmpeg: what stands before and what stands after, and how many frames it should count to.</summary>
internal sealed record VideoJob(
    IReadOnlyList<string> Input, IReadOnlyList<string> Output, int Frames, IProgress<double>? Progress = null)
{
    /// <summary>
    /// A file that came from outside: no protocol but files, and never a playlist, whatever it calls itself. Without a container
    /// that we know it is read as MP4, and refused.
    /// </summary>
    public static IReadOnlyList<string> Untrusted(string path, VideoContainer? container) =>
        ["-protocol_whitelist", "file,pipe", "-f", container?.Demuxer ?? "mov", "-i", FileUrl(path)];

    /// <summary>So that no path is taken for an option, a protocol or a pattern.</summary>
    public static string FileUrl(string path) => $"file:{path}";

    /// <summary>The filter that takes the middle square of a picture and brings it to a size, in the colours that films have.</summary>
    public static string Square(int side) =>
        $"crop='min(iw,ih)':'min(iw,ih)',scale={side}:{side}:flags=lanczos:out_range=tv:out_color_matrix=bt709,setsar=1";

    /// <summary>
    /// The one way in which we encode: exactly so many frames, H.264 that every browser plays, its index at the front. Colours say
    /// what they are, because players guess differently. A key frame every two seconds keeps seeking quick.
    /// </summary>
    public static IReadOnlyList<string> Mp4(string path, int frames) =>
    [
        "-map", "0:V:0", "-an", "-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1",
        "-frames:v", $"{frames}", "-r", $"{VideoShape.FrameRate}",
        "-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-pix_fmt", "yuv420p", "-g", $"{2 * VideoShape.FrameRate}",
        "-color_range", "tv", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709",
        "-movflags", "+faststart", "-f", "mp4", FileUrl(path),
    ];
}
