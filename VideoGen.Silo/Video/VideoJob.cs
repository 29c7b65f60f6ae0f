using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Video;

namespace VideoGen.Silo.Video;

/// <summary>One ffmpeg call: the arguments before and after the common ones, and the expected number of frames.</summary>
internal sealed record VideoJob(
    IReadOnlyList<string> Input, IReadOnlyList<string> Output, int Frames, IProgress<double>? Progress = null)
{
    /// <summary>
    /// A file from an external source: no protocol but files, and never a playlist, whatever it claims to be. Without a known
    /// container it is read as MP4, and refused.
    /// </summary>
    public static IReadOnlyList<string> Untrusted(string path, VideoContainer? container) =>
        ["-protocol_whitelist", "file,pipe", "-f", container?.Demuxer ?? "mov", "-i", FileUrl(path)];

    /// <summary>Keeps a path from being read as an option, a protocol or a pattern.</summary>
    public static string FileUrl(string path) => $"file:{path}";

    /// <summary>
    /// The filter that brings a frame of any size and pixel shape to the requested size, in video colors: cropped in the middle,
    /// or whole between bars.
    /// </summary>
    public static string Framed(FrameSize size, Fit fit)
    {
        var (wide, high) = ($"{size.Width}/{size.Height}", $"{size.Height}/{size.Width}");
        return fit is Fit.Cover
            ? $"crop='min(iw,ih*{wide}/sar)':'min(ih,iw*sar*{high})',{Scaled($"{size.Width}:{size.Height}")}"
            : Scaled($"'min({size.Width},2*round({size.Height}*dar/2))':'min({size.Height},2*round({size.Width}/dar/2))'")
                + $",pad={size.Width}:{size.Height}:-1:-1";
    }

    private static string Scaled(string size) => $"scale={size}:flags=lanczos:out_range=tv:out_color_matrix=bt709,setsar=1";

    /// <summary>
    /// The one encoding that we use: an exact number of frames, H.264 that every browser plays, and the index at the front.
    /// Colors are tagged, because players guess differently. A key frame every two seconds keeps seeking fast.
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
