using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Video;

/// <summary>Checks films and brings them to the asked shape. Files are local paths; source files are never trusted.</summary>
public interface IVideoProcessor
{
    /// <summary>Reads a film to its end and says what it is, or why it is none.</summary>
    Task<InspectOutcome> InspectAsync(string path, CancellationToken cancellationToken);

    /// <summary>Writes the film at <paramref name="target"/> in the asked shape: square, 24 fps, H.264, yuv420p, faststart, silent.</summary>
    Task<ProcessOutcome> NormalizeAsync(string source, VideoFacts facts, string target, VideoShape shape,
        IProgress<double>? progress, CancellationToken cancellationToken);

    /// <summary>Writes a JPEG of a telling frame of the film.</summary>
    Task<ProcessOutcome> MakePosterAsync(string source, string target, CancellationToken cancellationToken);
}

/// <summary>The asked shape of a film: length in seconds, width and height in pixels; always 24 frames a second.</summary>
public sealed record VideoShape(int DurationSeconds, int Side)
{
    /// <summary>Frames per second of every film we hand out.</summary>
    public const int FrameRate = 24;

    /// <summary>The number of frames such a film has.</summary>
    public int Frames => DurationSeconds * FrameRate;

    /// <summary>Whether a film already has this shape (length within two frames) and needs no more work.</summary>
    public bool Fits(VideoFacts facts) =>
        facts is { Codec: "h264", PixelFormat: "yuv420p", IsFastStart: true, HasAudio: false, FrameRate: FrameRate }
        && facts.Width == Side && facts.Height == Side && Math.Abs(facts.Frames - Frames) <= 2;
}

/// <summary>What was measured on a film: codec and pixel format as ffprobe names them, sides in pixels, length in seconds.</summary>
public sealed record VideoFacts(
    string Codec, string PixelFormat, int Width, int Height, double FrameRate, int Frames, double DurationSeconds, long Bytes,
    bool IsFastStart, bool HasAudio);

/// <summary>What inspecting a file can end in.</summary>
public abstract record InspectOutcome
{
    private InspectOutcome() { }

    /// <summary>A film that plays to its end.</summary>
    public sealed record Film(VideoFacts Facts) : InspectOutcome;

    /// <summary>Not a film that can be used; the kind says whether another download of it may be.</summary>
    public sealed record Refused(GenerationError Error, RefusalKind Kind = RefusalKind.Damaged) : InspectOutcome;

    /// <summary>
    /// The machine stood in the way (time limit, disk full, tool missing, crashed or killed). This says nothing about the file.
    /// </summary>
    public sealed record Unavailable(GenerationError Error) : InspectOutcome;
}

/// <summary>What a refusal says about the file, and about other downloads of the same result.</summary>
public enum RefusalKind
{
    /// <summary>Damaged, cut off, or not a video at all. A suspicion: another download may be whole.</summary>
    Damaged = 0,

    /// <summary>
    /// A container, codec, size or length that this version does not take. Every download is refused the same way.
    /// </summary>
    Unsupported = 1,
}

/// <summary>What working on a film can end in.</summary>
public abstract record ProcessOutcome
{
    private ProcessOutcome() { }

    /// <summary>The target file is written.</summary>
    public sealed record Done : ProcessOutcome;

    /// <summary>
    /// The tool cannot make it of a file that inspection accepted. No sign of damage: this version cannot use the file, and
    /// another download of it ends the same way.
    /// </summary>
    public sealed record Failed(GenerationError Error) : ProcessOutcome;

    /// <summary>
    /// The machine stood in the way (time limit, disk full, tool missing, crashed or killed). This says nothing about the file.
    /// </summary>
    public sealed record Unavailable(GenerationError Error) : ProcessOutcome;
}
