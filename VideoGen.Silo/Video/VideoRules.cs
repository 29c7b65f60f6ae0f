using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Video;

namespace VideoGen.Silo.Video;

/// <summary>The rules for a received video, and the messages for files that break them.</summary>
internal static class VideoRules
{
    private const int MinSide = 64;
    private const int MaxSide = 4096;
    private const double MaxSeconds = 60;

    // A video that was cut in an open group of pictures begins with frames that cannot be decoded, as many as can be reordered
    // (H.264 and HEVC: 16).
    private const int MaxLeadingFrames = 16;

    private static readonly string[] Codecs = ["h264", "hevc", "av1", "vp9", "vp8", "mpeg4", "prores", "gif"];

    public static InspectOutcome.Refused NotAVideo { get; } =
        Damaged("The returned file is not an MP4, MOV, WebM, GIF or animated WebP video.");

    public static InspectOutcome.Refused Broken { get; } = Damaged("The returned video is damaged or truncated.");

    /// <summary>Null when the file is acceptable, as far as can be told without decoding it.</summary>
    public static InspectOutcome.Refused? Refuse(ProbeReport report) => report switch
    {
        { Video: null } => Damaged("The returned file contains no video."),
        { Video.Codec: var codec } when !Codecs.Contains(codec) =>
            Unsupported("The returned video has an unsupported format."),
        { Video: { Codec: "gif", Packets: 1 } } => Still,
        { Packets: >= ProbeReport.MaxPackets } => Unsupported("The returned video has too many frames."),
        { IsCutOff: true } => Broken,
        { Video: { } video } => Refuse(video.Width, video.Height, report.Duration),
    };

    /// <summary>The same for an animated WebP.</summary>
    public static InspectOutcome.Refused? Refuse(AnimatedWebp webp) =>
        webp.Frames < 2 ? Still : Refuse(webp.Width, webp.Height, webp.Seconds);

    /// <summary>
    /// Whether decoding produced as many frames as the track has packets, apart from frames whose reference frames are missing.
    /// VP8 also has packets for frames that are never shown, about one in a dozen.
    /// </summary>
    public static bool IsWhole(ProbeTrack video, int decoded) =>
        decoded > 0
        && decoded >= video.Shown - Math.Min(video.Codec is "vp8" ? int.MaxValue : MaxLeadingFrames, video.Shown / 4);

    private static InspectOutcome.Refused Still { get; } = Damaged("The returned file is a still picture.");

    private static InspectOutcome.Refused? Refuse(int width, int height, double seconds) =>
        Math.Min(width, height) < MinSide || Math.Max(width, height) > MaxSide
            ? Unsupported($"The returned video is not between {MinSide} and {MaxSide} pixels on each side.")
            : seconds <= 0 ? Damaged("The returned video is empty.")
            : seconds > MaxSeconds ? Unsupported($"The returned video is longer than {MaxSeconds} seconds.")
            : null;

    private static InspectOutcome.Refused Damaged(string what) => Refused(what, RefusalKind.Damaged);

    private static InspectOutcome.Refused Unsupported(string what) => Refused(what, RefusalKind.Unsupported);

    private static InspectOutcome.Refused Refused(string what, RefusalKind kind) =>
        new(new GenerationError(GenerationErrorCode.ResultUnusable, $"{what} Retry to render it again.", Retryable: true), kind);
}
