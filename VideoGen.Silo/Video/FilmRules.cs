using VideoGen.Grains.Contracts;

namespace VideoGen.Silo.Video;

/// <summary>What a received file must be to count as a film, and the sentences for those that are not.</summary>
internal static class FilmRules
{
    private const int MinSide = 64;
    private const int MaxSide = 4096;
    private const double MaxSeconds = 60;

    private static readonly string[] Codecs = ["h264", "hevc", "av1", "vp9", "vp8", "mpeg4", "prores"];

    public static GenerationError NotAFilm { get; } = Unusable("What came back is not an MP4 video.");

    public static GenerationError Broken { get; } = Unusable("The video that came back is damaged or cut off.");

    /// <summary>Null when the head of the file is in order.</summary>
    public static GenerationError? Refuse(ProbeReport? report) => report switch
    {
        null => NotAFilm,
        { Film: null } => Unusable("What came back has no moving picture in it."),
        { Film.CodecName: var codec } when !Codecs.Contains(codec) =>
            Unusable("The video that came back is in a format that is not supported."),
        { Film: { Width: < MinSide or > MaxSide } or { Height: < MinSide or > MaxSide } } =>
            Unusable($"The video that came back has sides outside {MinSide} to {MaxSide} pixels."),
        { Duration: <= 0 or > MaxSeconds } => Unusable($"The video that came back is empty or longer than {MaxSeconds} seconds."),
        _ => null,
    };

    private static GenerationError Unusable(string what) =>
        new(GenerationErrorCode.ResultUnusable, $"{what} Retry to make it again.", Retryable: true);
}
