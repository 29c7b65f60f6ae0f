using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Video;

namespace VideoGen.Silo.Video;

/// <summary>What a received file must be to count as a film, and the sentences for those that are not.</summary>
internal static class VideoRules
{
    private const int MinSide = 64;
    private const int MaxSide = 4096;
    private const double MaxSeconds = 60;

    // A video that was cut in an open group of pictures begins with frames that cannot be decoded, as many as can be reordered
    // (H.264 and HEVC: 16).
    private const int MaxLeadingFrames = 16;

    private static readonly string[] Codecs = ["h264", "hevc", "av1", "vp9", "vp8", "mpeg4", "prores", "gif"];

    public static InspectOutcome.Refused NotAVideo { get; } = Damaged("What came back is not an MP4, MOV, WebM or GIF video.");

    public static InspectOutcome.Refused Broken { get; } = Damaged("The video that came back is damaged or cut off.");

    /// <summary>Null when the file is what it says it is, as far as can be told without decoding it.</summary>
    public static InspectOutcome.Refused? Refuse(ProbeReport report) => report switch
    {
        { Video: null } => Damaged("What came back has no moving picture in it."),
        { Video.Codec: var codec } when !Codecs.Contains(codec) =>
            Unsupported("The video that came back is in a format that is not supported."),
        { Video: { Codec: "gif", Packets: 1 } } => Damaged("What came back is a still picture."),
        { Video: { Width: < MinSide or > MaxSide } or { Height: < MinSide or > MaxSide } } =>
            Unsupported($"The video that came back has sides outside {MinSide} to {MaxSide} pixels."),
        { Duration: <= 0 } => Damaged("The video that came back is empty."),
        { Duration: > MaxSeconds } => Unsupported($"The video that came back is longer than {MaxSeconds} seconds."),
        { Packets: >= ProbeReport.MaxPackets } => Unsupported("The video that came back has too many frames."),
        { IsCutOff: true } => Broken,
        _ => null,
    };

    /// <summary>
    /// Whether decoding gave the frames that the track has packets for, but for those that lack what they build on. VP8 also has
    /// packets of frames that are never shown, one for every dozen or so.
    /// </summary>
    public static bool IsWhole(ProbeTrack video, int decoded) =>
        decoded > 0
        && decoded >= video.Shown - Math.Min(video.Codec is "vp8" ? int.MaxValue : MaxLeadingFrames, video.Shown / 4);

    private static InspectOutcome.Refused Damaged(string what) => Refused(what, RefusalKind.Damaged);

    private static InspectOutcome.Refused Unsupported(string what) => Refused(what, RefusalKind.Unsupported);

    private static InspectOutcome.Refused Refused(string what, RefusalKind kind) =>
        new(new GenerationError(GenerationErrorCode.ResultUnusable, $"{what} Retry to make it again.", Retryable: true), kind);
}
