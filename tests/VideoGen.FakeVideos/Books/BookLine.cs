namespace VideoGen.FakeVideos.Books;

/// <summary>What a line of the books is about.</summary>
public enum BookEvent
{
    /// <summary>A create arrived, and there is a job, whatever the client was told.</summary>
    CreateAccepted,

    /// <summary>A create arrived, and there is no job; the line tells why.</summary>
    CreateRefused,

    /// <summary>A create arrived, and was told nothing; there is no job.</summary>
    CreateDropped,

    /// <summary>A run started.</summary>
    RunStarted,

    /// <summary>A run was charged.</summary>
    RunCharged,

    /// <summary>A run ended with a video.</summary>
    RunFinished,

    /// <summary>A run ended without a video.</summary>
    RunFailed,

    /// <summary>A job was stopped by a delete, or taken out of the queue.</summary>
    RunAborted,

    /// <summary>A restart lost a job that waited, that ran, or whose video nobody had fetched; the line tells which.</summary>
    LostByRestart,

    /// <summary>The record of a job was deleted.</summary>
    Deleted,

    /// <summary>A video was handed out to its end.</summary>
    Fetched,

    /// <summary>The server died and forgot all jobs.</summary>
    Stopped,
}

/// <summary>
/// One line. <paramref name="Note"/> says why or which; <paramref name="Picture"/> is the picture's SHA-256 in lower-case hex.
/// </summary>
public sealed record BookLine(
    long Number, DateTimeOffset At, BookEvent Event, string? Id, string? Prompt, long? Seed, string? Size, string? Seconds,
    string? Picture, string? Note);
