using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Video;

/// <summary>
/// Checks videos and converts them to the requested shape. Files are local paths; source files are never trusted.
/// </summary>
public interface IVideoProcessor
{
    /// <summary>Reads a video to its end and returns its properties, or why it is not usable.</summary>
    Task<InspectOutcome> InspectAsync(string path, CancellationToken cancellationToken);

    /// <summary>
    /// Writes the video to <paramref name="target"/> in the requested shape: its size and length, 24 fps, H.264, yuv420p,
    /// faststart; with its sound, if it has one that is kept, as AAC at 48 kHz in stereo.
    /// </summary>
    Task<ProcessOutcome> NormalizeAsync(string source, VideoFacts facts, string target, VideoShape shape,
        IProgress<double>? progress, CancellationToken cancellationToken);

    /// <summary>Writes a JPEG of a representative frame of the video.</summary>
    Task<ProcessOutcome> MakePosterAsync(string source, string target, CancellationToken cancellationToken);
}

/// <summary>
/// The requested shape of a video: length in seconds, width and height in pixels; always 24 frames per second. <paramref
/// name="Fit"/> says how a frame of another shape is brought to it, and <paramref name="IsSilent"/> that sound is removed.
/// </summary>
public sealed record VideoShape(int DurationSeconds, int Width, int Height, Fit Fit = Fit.Cover, bool IsSilent = false)
{
    /// <summary>Frames per second of every video that we serve.</summary>
    public const int FrameRate = 24;

    /// <summary>The shape of the video that a request asks for.</summary>
    public static VideoShape Of(GenerationRequest request) =>
        new(request.DurationSeconds, request.Frame.Width, request.Frame.Height, request.Fit, request.IsSilent);

    /// <summary>The number of frames of such a video.</summary>
    public int Frames => DurationSeconds * FrameRate;

    /// <summary>Whether a video already has this shape (length within two frames) and needs no conversion.</summary>
    public bool Fits(VideoFacts facts) =>
        facts is { Codec: "h264", PixelFormat: "yuv420p", IsFastStart: true, HasAudio: false, IsTurned: false }
        && facts.FrameRate is FrameRate
        && facts.Width == Width && facts.Height == Height && Math.Abs(facts.Frames - Frames) <= 2;
}

/// <summary>
/// The measured properties of a video: codec and pixel format as ffprobe names them, sides in pixels before players turn it,
/// length in seconds.
/// </summary>
public sealed record VideoFacts(
    string Codec, string PixelFormat, int Width, int Height, double FrameRate, int Frames, double DurationSeconds, long Bytes,
    bool IsFastStart, bool HasAudio, bool IsTurned = false, bool IsHdr = false);

/// <summary>The possible outcomes of inspecting a file.</summary>
public abstract record InspectOutcome
{
    private InspectOutcome() { }

    /// <summary>A video that plays to its end.</summary>
    public sealed record Film(VideoFacts Facts) : InspectOutcome;

    /// <summary>Not a usable video; the kind says whether another download of it may be.</summary>
    public sealed record Refused(GenerationError Error, RefusalKind Kind = RefusalKind.Damaged) : InspectOutcome;

    /// <summary>
    /// The machine prevented the inspection (time limit, disk full, tool missing, crashed or killed). This says nothing about the
    /// file.
    /// </summary>
    public sealed record Unavailable(GenerationError Error) : InspectOutcome;
}

/// <summary>What a refusal says about the file, and about other downloads of the same result.</summary>
public enum RefusalKind
{
    /// <summary>Damaged, truncated, or not a video at all. A suspicion: another download may be complete.</summary>
    Damaged = 0,

    /// <summary>
    /// A container, codec, size or length that this version does not support. Every download is refused in the same way.
    /// </summary>
    Unsupported = 1,
}

/// <summary>The possible outcomes of processing a video.</summary>
public abstract record ProcessOutcome
{
    private ProcessOutcome() { }

    /// <summary>The target file is written.</summary>
    public sealed record Done : ProcessOutcome;

    /// <summary>
    /// The tool cannot produce it from a file that inspection accepted. This is no sign of damage: this version cannot use the
    /// file, and another download of it would fail in the same way.
    /// </summary>
    public sealed record Failed(GenerationError Error) : ProcessOutcome;

    /// <summary>
    /// The machine prevented the processing (time limit, disk full, tool missing, crashed or killed). This says nothing about the
    /// file.
    /// </summary>
    public sealed record Unavailable(GenerationError Error) : ProcessOutcome;
}
