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
    /// How much ffmpeg prints: by default errors only. Filters print what they measured as <c>info</c>, and so are the tags of a
    /// file, which anybody can have written.
    /// </summary>
    public string LogLevel { get; init; } = "error";

    /// <summary>
    /// The output of a job that only decodes. Each frame gets one second: the frames' own timestamps may be odd, and the fewer
    /// ticks there are between two of them, the sooner ffmpeg treats them as one. ffmpeg fails at the first damaged packet or
    /// frame.
    /// </summary>
    public static IReadOnlyList<string> DecodeToTheEnd { get; } =
    [
        "-xerror", "-map", "0:V:0", "-an", "-sn", "-dn", "-vf", "setpts=N/TB", "-fps_mode", "passthrough", "-f", "null", "-",
    ];

    /// <summary>
    /// A file from an external source: no protocol but files, and never a playlist, whatever it claims to be. Without a known
    /// container it is read as MP4, and refused.
    /// </summary>
    public static IReadOnlyList<string> Untrusted(string path, VideoContainer? container) =>
        ["-protocol_whitelist", "file,pipe", "-f", container?.Demuxer ?? "mov", "-i", FileUrl(path)];

    /// <summary>Keeps a path from being read as an option, a protocol or a pattern.</summary>
    public static string FileUrl(string path) => $"file:{path}";

    /// <summary>The one encoding of sound that we use.</summary>
    public static IReadOnlyList<string> Aac { get; } = ["-c:a", "aac", "-b:a", "160k", "-ar", "48000", "-ac", "2"];

    /// <summary>
    /// The one encoding that we use: an exact number of frames, H.264 that every browser plays, and the index at the front.
    /// Colors are tagged, because players guess differently. A key frame every two seconds keeps seeking fast. Without a filter
    /// for the <paramref name="sound"/> the video is silent.
    /// </summary>
    public static IReadOnlyList<string> Mp4(string path, int frames, string? sound = null, string track = "0:V:0") =>
    [
        "-map", track,
        .. sound is null
            ? ["-an", "-frames:v", $"{frames}"]    // this option would end the sound as well
            : (string[])["-map", "0:a:0", "-af", sound, .. Aac],
        "-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1", "-r", $"{VideoShape.FrameRate}",
        "-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-pix_fmt", "yuv420p", "-g", $"{2 * VideoShape.FrameRate}",
        "-color_range", "tv", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709",
        "-movflags", "+faststart", "-f", "mp4", FileUrl(path),
    ];
}
