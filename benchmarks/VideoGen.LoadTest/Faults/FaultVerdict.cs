using VideoGen.FakeHub.Jobs;
using VideoGen.FakeHub.Requests;
using static VideoGen.Grains.Generations.Contract.GenerationErrorCode;

namespace VideoGen.LoadTest.Faults;

/// <summary>One point of the verdict, and what speaks against it; nothing when it holds.</summary>
internal sealed record Point(string Text, IReadOnlyList<string> Against);

/// <summary>What a fault run has to show. At the times of <paramref name="kills"/> a silo was killed.</summary>
internal sealed class FaultVerdict(IReadOnlyList<Story> stories, IReadOnlyList<DateTimeOffset> kills)
{
    /// <summary>How far apart the clocks of two processes of this machine may read one moment.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMilliseconds(100);

    private static readonly string[] OfTheAccount =
        [PaymentRequired, TokenRefused, RateLimited, PermissionMissing, ModelUnavailable];

    public IReadOnlyList<Point> Points =>
    [
        new($"{Count(story => story.IsDelivered)} of {stories.Count} accepted orders are delivered, and "
            + $"{Count(story => story.Status == "failed")} say why not", Each(EndOf)),
        new("no job was paid for twice, but after an unknown outcome or a failed job", Each(PaidTwice)),
        new("no video that was paid for was thrown away", Each(ThrownAway)),
        new("no order failed for the account's sake", Each(ForTheAccount)),
        new($"{stories.Sum(story => story.Submits.Count)} submits at the stand-in and "
            + $"{stories.Sum(story => story.Attempts.Count)} attempts in the ledger agree line by line", Each(Books)),
    ];

    private int Count(Func<Story, bool> condition) => stories.Count(condition);

    private List<string> Each(Func<Story, string?> judge) =>
        [.. stories.Select(story => judge(story) is { } wrong ? $"{story}: {wrong}" : null).OfType<string>()];

    private string? EndOf(Story story) => story switch
    {
        { Status: not ("completed" or "failed") } => "it has not ended",
        { Status: "completed", IsDelivered: false } => "its video is not there",
        _ => story.Codes.FirstOrDefault(code => !Justifies(story, code)) is { } code ? $"nothing justifies {code}" : null,
    };

    /// <summary>The fault explains it, or the kill of a process between the intent to submit and what was known next.</summary>
    private bool Justifies(Story story, string code) =>
        story.Fault?.Ends.Contains(code) == true
        || (code == OutcomeUnknown && story.Attempts.Any(attempt => attempt.Outcome == "interrupted"
            && kills.Any(kill => attempt.Begun - Skew <= kill && kill <= attempt.Known)));

    private static string? PaidTwice(Story story)
    {
        var paid = Assign(story).Where(pair => pair.Submit.Fate is SubmitFate.Accepted).ToList();
        var again = paid.Zip(paid.Skip(1)).Where(two => !IsJustified(two.First, two.Second)).ToList();
        return again.Count > 0 ? $"{paid.Count} jobs, and {again.Count} of them for nothing" : null;

        bool IsJustified(Assigned first, Assigned second) => first.Submit.Phase is JobPhase.Failed
            || (first.Attempt is { IsUnknown: true } unknown && second.Attempt is { } next
                && story.Log.Any(line => line.Kind == "retried" && line.At >= unknown.Known && line.At <= next.Begun));
    }

    private static string? ThrownAway(Story story) =>
        story is { Status: "failed" } && story.Codes[^1] != OutcomeUnknown
            && story.Submits.Any(submit => submit.Phase is JobPhase.Done)
            ? "its video lies at the provider"
            : null;

    private static string? ForTheAccount(Story story) =>
        story.Codes.Intersect(OfTheAccount).FirstOrDefault() is { } code ? $"it failed as {code}" : null;

    private static string? Books(Story story)
    {
        var booked = Assign(story).ToLookup(pair => pair.Attempt, pair => pair.Submit.Fate);
        var wrong = story.Attempts.Where(attempt => !Agrees(attempt, [.. booked[attempt]])).Select(attempt =>
                $"attempt {attempt.Number} is {attempt.Outcome} here and [{string.Join(", ", booked[attempt])}] there")
            .Concat(booked[null].Select(fate => $"a submit ({fate}) belongs to no attempt")).ToList();
        return wrong.Count > 0 ? string.Join("; ", wrong) : null;
    }

    private static bool Agrees(LedgerAttempt attempt, SubmitFate[] there) => (attempt.Outcome, there) switch
    {
        (LedgerAttempt.Accepted, [SubmitFate.Accepted]) => true,
        ("refused" or "failed", [SubmitFate.Refused]) => true,
        ("refused", []) => IsUnsent(attempt),
        ("outcome_unknown", [_]) => true,
        ("interrupted", [] or [_]) => true,
        _ => false,
    };

    /// <summary>The process was about to end, or there was no connection: nothing can have arrived.</summary>
    private static bool IsUnsent(LedgerAttempt attempt) =>
        attempt.Message.Contains("before the request was sent", StringComparison.Ordinal)
        || attempt.Message.Contains("could not be reached", StringComparison.Ordinal);

    /// <summary>Each submit with the attempt that was in hand when it arrived.</summary>
    private static IEnumerable<Assigned> Assign(Story story)
    {
        var attempts = story.Attempts;
        return story.Submits.Select(submit => new Assigned(
            attempts.FirstOrDefault(attempt => attempt.Begun <= submit.At && submit.At <= attempt.Known)
            ?? attempts.LastOrDefault(attempt => attempt.Begun <= submit.At + Skew), submit));
    }

    private sealed record Assigned(LedgerAttempt? Attempt, BookedSubmit Submit);
}
