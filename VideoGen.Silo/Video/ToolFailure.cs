using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Silo.Video;

/// <summary>
/// Why a run came to nothing, in words for users; whether the same run may work later; and whether it is the machine's doing, so
/// that it says nothing about the file.
/// </summary>
internal sealed record ToolFailure(GenerationError Error, bool MayPass, bool IsOurs)
{
    // ffmpeg has one exit code for nearly everything and prints the text of errno, or which argument it does not know. The text
    // "Input/output error" is not here: ffmpeg says so of files that end too early.
    private static readonly string[] WordsOfTheMachine =
    [
        "Cannot allocate memory", "Too many open files", "Resource temporarily unavailable", "Read-only file system",
        "Permission denied", "No such file or directory", "Unrecognized option", "Option not found", "Unknown encoder",
        "Unknown input format", "No such filter", "error while loading shared libraries",
    ];

    /// <summary>The result is stored, and this server cannot read it now.</summary>
    public static GenerationError FileUnreadable { get; } = new(GenerationErrorCode.ToolUnavailable,
        "The server cannot read the video that came back from its own storage. It is tried again.", Retryable: true);

    /// <summary>Null when the run succeeded and made so many frames; ffmpeg calls it a success to have written nothing.</summary>
    public static ToolFailure? Of(ToolRun run, int frames = 0) => run switch
    {
        // First: at the very end of a file ffmpeg complains of a full disk and calls it a success all the same.
        _ when IsOutOfSpace(run.Complaint) => Passing(GenerationErrorCode.StorageFull,
            "The server's disk is full. The video is made as soon as there is room again."),
        { End: ToolEnd.Succeeded } when run.Frames >= frames => null,
        { End: ToolEnd.NotStarted } => Passing(GenerationErrorCode.ToolUnavailable,
            "The server cannot start ffmpeg. It goes on as soon as ffmpeg is installed again."),
        { End: ToolEnd.Killed } => Passing(GenerationErrorCode.ToolUnavailable,
            "ffmpeg was ended by a restart of the server or for want of memory. It is tried again."),
        { End: ToolEnd.Crashed } => Passing(GenerationErrorCode.ToolUnavailable,
            "ffmpeg crashed; the server's log says how. It is tried again."),
        { End: ToolEnd.TimedOut } => Final(
            "Working on the video took longer than the server allows. Retry when it is less busy.", isOurs: true),
        _ when WordsOfTheMachine.Any(words => run.Complaint.Contains(words, StringComparison.Ordinal)) =>
            Passing(GenerationErrorCode.ToolUnavailable,
                "ffmpeg could not work on this server; the server's log says why. It is tried again."),
        _ => Final("ffmpeg could not make the video; the server's log says why. Retry, or use another picture.", isOurs: false),
    };

    /// <summary>The same for a run that wrote an MP4: without its index at the front the file is not whole, whatever was said.</summary>
    public static async Task<ToolFailure?> OfFilmAsync(ToolRun run, int frames, string path, CancellationToken cancellationToken) =>
        Of(run, frames) is { } trouble ? trouble
            : await FastStart.IsFirstAsync(path, cancellationToken) ? null
            : Passing(GenerationErrorCode.ToolUnavailable, "ffmpeg left the video unfinished. It is tried again.");

    private static ToolFailure Passing(string code, string message) =>
        new(new GenerationError(code, message, Retryable: true), MayPass: true, IsOurs: true);

    private static ToolFailure Final(string message, bool isOurs) =>
        new(new GenerationError(GenerationErrorCode.RenderFailed, message, Retryable: true), MayPass: false, isOurs);

    private static bool IsOutOfSpace(string complaint) =>
        complaint.Contains("No space left on device", StringComparison.Ordinal)
        || complaint.Contains("Disk quota exceeded", StringComparison.Ordinal);
}
