namespace VideoGen.FakeComfy.Books;

/// <summary>What a line of the books is about.</summary>
public enum BookEvent
{
    /// <summary>A submit arrived and became a run, whatever the client was told.</summary>
    Accepted,

    /// <summary>A submit arrived and was refused with an answer; <c>reason</c> is the type of the error.</summary>
    Refused,

    /// <summary>A submit arrived and was cut off without effect.</summary>
    Dropped,

    /// <summary>A run started.</summary>
    Started,

    /// <summary>A run with a partner node started, which is billed whatever becomes of it.</summary>
    Charged,

    /// <summary>A run succeeded; <c>file</c> is its video, if it has one.</summary>
    Finished,

    /// <summary>A run failed.</summary>
    Failed,

    /// <summary>A running run was interrupted.</summary>
    Interrupted,

    /// <summary>A pending run was taken out of the queue.</summary>
    Cancelled,

    /// <summary>A pending or running run was lost by a restart.</summary>
    Lost,

    /// <summary>A file was fetched to the end.</summary>
    Fetched,

    /// <summary>The server restarted or stopped.</summary>
    Restarted,
}

/// <summary>
/// One line. <paramref name="AskedId"/> is the id that the client chose and <paramref name="PromptId"/> the one in use;
/// <paramref name="Run"/> tells apart two runs with one id. <paramref name="Seed"/> and <paramref name="Prefix"/> are those of
/// the graph, and <paramref name="File"/> is relative to its folder.
/// </summary>
public sealed record BookLine(
    long Number, DateTimeOffset At, BookEvent Event, string? PromptId = null, string? AskedId = null, long? Run = null,
    string? Seed = null, string? Prefix = null, string? Reason = null, string? File = null)
{
    /// <summary>Whether the prefix, the seed, the prompt id or the file of the line is the text.</summary>
    public bool IsAbout(string text) => text == Prefix || text == Seed || text == PromptId || text == AskedId || text == File;
}
