using VideoGen.FakeHub.Jobs;
using VideoGen.FakeHub.Requests;

namespace VideoGen.LoadTest.Faults;

/// <summary>A submit as the stand-in has it, and where its job stands at the end; null without one.</summary>
internal sealed record BookedSubmit(DateTimeOffset At, SubmitFate Fate, JobPhase? Phase);

/// <summary>
/// What became of one accepted order: the fault it met, each code that it failed with, the size of the video that was downloaded,
/// and both sides' books.
/// </summary>
internal sealed record Story(string Script, string Id, Fault? Fault)
{
    public string Status { get; init; } = "unfinished";

    /// <summary>One for each time that it failed, as it was seen by its user.</summary>
    public IReadOnlyList<string> Codes { get; init; } = [];

    /// <summary>Bytes of the video; null when it was not downloaded.</summary>
    public long? Video { get; init; }

    public IReadOnlyList<LedgerLine> Log { get; init; } = [];

    public IReadOnlyList<BookedSubmit> Submits { get; init; } = [];

    public IReadOnlyList<LedgerAttempt> Attempts => LedgerAttempt.Of(Log);

    public bool IsDelivered => Status == "completed" && Video > 0;

    public override string ToString() =>
        $"{Id} ({Script}; fault: {Fault?.ToString() ?? "none"}) is {Status} [{string.Join(", ", Codes)}]";
}
