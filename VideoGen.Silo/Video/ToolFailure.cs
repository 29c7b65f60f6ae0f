using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Video;

namespace VideoGen.Silo.Video;

/// <summary>
/// Why a tool run failed, with a message for the user; whether the same run may work later; and whether the machine is the cause,
/// so that the failure says nothing about the file.
/// </summary>
internal sealed record ToolFailure(GenerationError Error, bool MayPass, bool IsOurs)
{
    // ffmpeg has one exit code for nearly everything and prints the errno text or the argument that it does not know. The text
    // "Input/output error" is not listed: ffmpeg also prints it for files that end too early.
    private static readonly string[] WordsOfTheMachine =
    [
        "Cannot allocate memory", "Too many open files", "Resource temporarily unavailable", "Read-only file system",
        "Permission denied", "No such file or directory", "Unrecognized option", "Option not found", "Unknown encoder",
        "Unknown input format", "No such filter", "error while loading shared libraries",
    ];

    /// <summary>The result is stored, but this server cannot read it now.</summary>
    public static GenerationError FileUnreadable { get; } = new(GenerationErrorCode.ToolUnavailable,
        "The server cannot read the rendered video from its own storage. It will try again.", Retryable: true);

    /// <summary>
    /// Null when the run succeeded and wrote the expected number of frames; ffmpeg reports success even when it wrote nothing.
    /// </summary>
    public static ToolFailure? Of(ToolRun run, int frames = 0) => run switch
    {
        // Checked first: at the very end of a file, ffmpeg prints that the disk is full and still reports success.
        _ when IsOutOfSpace(run.Complaint) => Passing(GenerationErrorCode.StorageFull,
            "The server's disk is full. The video is rendered as soon as space is available."),
        { End: ToolEnd.Succeeded } when run.Frames >= frames => null,
        { End: ToolEnd.NotStarted } => Passing(GenerationErrorCode.ToolUnavailable,
            "The server cannot start ffmpeg. It continues as soon as ffmpeg is installed again."),
        { End: ToolEnd.Killed } => Passing(GenerationErrorCode.ToolUnavailable,
            "ffmpeg was killed by a server restart or for lack of memory. It will be tried again."),
        { End: ToolEnd.Crashed } => Passing(GenerationErrorCode.ToolUnavailable,
            "ffmpeg crashed; the server log has the details. It will be tried again."),
        { End: ToolEnd.TimedOut } => Final(
            "Processing the video took longer than the server allows. Retry when it is less busy.", isOurs: true),
        _ when WordsOfTheMachine.Any(words => run.Complaint.Contains(words, StringComparison.Ordinal)) =>
            Passing(GenerationErrorCode.ToolUnavailable,
                "ffmpeg failed on this server; the server log has the details. It will be tried again."),
        _ => Final("ffmpeg could not produce the video; the server log has the details. "
            + "Retry, or use another picture.", isOurs: false),
    };

    /// <summary>
    /// Also checks that the MP4 is complete: without its index at the front it is not, whatever ffmpeg reported.
    /// </summary>
    public static async Task<ToolFailure?> OfVideoAsync(ToolRun run, int frames, string path,
        CancellationToken cancellationToken) =>
        Of(run, frames) is { } trouble ? trouble
            : await FastStart.IsFirstAsync(path, cancellationToken) ? null
            : Passing(GenerationErrorCode.ToolUnavailable, "ffmpeg left the video unfinished. It will be tried again.");

    /// <summary>What it means for the file that the tool was to write.</summary>
    public static ProcessOutcome OutcomeOf(ToolFailure? trouble) => trouble switch
    {
        null => new ProcessOutcome.Done(),
        { IsOurs: true } => new ProcessOutcome.Unavailable(trouble.Error),
        _ => new ProcessOutcome.Failed(trouble.Error),
    };

    private static ToolFailure Passing(string code, string message) =>
        new(new GenerationError(code, message, Retryable: true), MayPass: true, IsOurs: true);

    private static ToolFailure Final(string message, bool isOurs) =>
        new(new GenerationError(GenerationErrorCode.RenderFailed, message, Retryable: true), MayPass: false, isOurs);

    private static bool IsOutOfSpace(string complaint) =>
        complaint.Contains("No space left on device", StringComparison.Ordinal)
        || complaint.Contains("Disk quota exceeded", StringComparison.Ordinal);
}
