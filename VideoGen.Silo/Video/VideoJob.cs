using CliWrap;
using VideoGen.Grains.Video;

namespace VideoGen.Silo.Video;

/// <summary>One ffmpeg call: the arguments before and after the common ones, and the expected number of frames.</summary>
internal sealed record VideoJob(
    IReadOnlyList<string> Input, IReadOnlyList<string> Output, int Frames, IProgress<double>? Progress = null)
{
    /// <summary>What ffmpeg reads from its standard input; nothing by default.</summary>
    public PipeSource Pixels { get; init; } = PipeSource.Null;

    /// <summary>
    /// A file from an external source: no protocol but files, and never a playlist, whatever it claims to be. Without a known
    /// container it is read as MP4, and refused.
    /// </summary>
    public static IReadOnlyList<string> Untrusted(string path, VideoContainer? container) =>
        ["-protocol_whitelist", "file,pipe", "-f", container?.Demuxer ?? "mov", "-i", FileUrl(path)];

    /// <summary>Keeps a path from being read as an option, a protocol or a pattern.</summary>
    public static string FileUrl(string path) => $"file:{path}";

    /// <summary>
    /// The one encoding that we use: an exact number of frames, H.264 that every browser plays, and the index at the front.
    /// Colors are tagged, because players guess differently. A key frame every two seconds keeps seeking fast. Without a filter
    /// for the <paramref name="sound"/> the video is silent.
    /// </summary>
    public static IReadOnlyList<string> Mp4(string path, int frames, string? sound = null) =>
    [
        "-map", "0:V:0",
        .. sound is null
            ? ["-an", "-frames:v", $"{frames}"]    // this option would end the sound as well
            : (string[])["-map", "0:a:0", "-af", sound, "-c:a", "aac", "-b:a", "160k", "-ar", "48000", "-ac", "2"],
        "-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1", "-r", $"{VideoShape.FrameRate}",
        "-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-pix_fmt", "yuv420p", "-g", $"{2 * VideoShape.FrameRate}",
        "-color_range", "tv", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709",
        "-movflags", "+faststart", "-f", "mp4", FileUrl(path),
    ];
}
