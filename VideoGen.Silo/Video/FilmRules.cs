using VideoGen.Grains.Contracts;
using VideoGen.Grains.Ports;

namespace VideoGen.Silo.Video;

/// <summary>What a received file must be to count as a film, and the sentences for those that are not.</summary>
internal static class FilmRules
{
    private const int MinSide = 64;
    private const int MaxSide = 4096;
    private const double MaxSeconds = 60;

    private static readonly string[] Codecs = ["h264", "hevc", "av1", "vp9", "vp8", "mpeg4", "prores"];

    public static InspectOutcome.Refused NotAFilm { get; } = Damaged("What came back is not an MP4 video.");

    public static InspectOutcome.Refused Broken { get; } = Damaged("The video that came back is damaged or cut off.");

    /// <summary>Null when the head of the file is in order.</summary>
    public static InspectOutcome.Refused? Refuse(ProbeReport? report) => report switch
    {
        null => NotAFilm,
        { Film: null } => Damaged("What came back has no moving picture in it."),
        { Film.CodecName: var codec } when !Codecs.Contains(codec) =>
            Unsupported("The video that came back is in a format that is not supported."),
        { Film: { Width: < MinSide or > MaxSide } or { Height: < MinSide or > MaxSide } } =>
            Unsupported($"The video that came back has sides outside {MinSide} to {MaxSide} pixels."),
        { Duration: <= 0 } => Damaged("The video that came back is empty."),
        { Duration: > MaxSeconds } => Unsupported($"The video that came back is longer than {MaxSeconds} seconds."),
        _ => null,
    };

    private static InspectOutcome.Refused Damaged(string what) => Refused(what, RefusalKind.Damaged);

    private static InspectOutcome.Refused Unsupported(string what) => Refused(what, RefusalKind.Unsupported);

    private static InspectOutcome.Refused Refused(string what, RefusalKind kind) =>
        new(new GenerationError(GenerationErrorCode.ResultUnusable, $"{what} Retry to make it again.", Retryable: true), kind);
}
