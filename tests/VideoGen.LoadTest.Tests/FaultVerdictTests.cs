using VideoGen.FakeHub.Faults;
using VideoGen.FakeHub.Jobs;
using VideoGen.FakeHub.Requests;
using VideoGen.LoadTest.Faults;

namespace VideoGen.LoadTest.Tests;

/// <summary>Each point of the verdict of a fault run against a story that breaks it.</summary>
public sealed class FaultVerdictTests
{
    private const int End = 0;
    private const int Twice = 1;
    private const int Away = 2;
    private const int Account = 3;
    private const int Books = 4;

    private static readonly DateTimeOffset Start = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
    private static readonly Fault Drop = new(new(FaultKind.AcceptThenDrop), "outcome_unknown");
    private static readonly BookedSubmit Made = At(2, SubmitFate.Accepted, JobPhase.Done);
    private static readonly BookedSubmit MadeAgain = At(12, SubmitFate.Accepted, JobPhase.Done);

    [Fact]
    public void Nothing_speaks_against_an_order_that_was_delivered() => Assert.Empty(Wrong(Delivered()));

    [Fact]
    public void A_retry_after_an_unknown_outcome_may_pay_again() => Assert.Empty(Wrong(Delivered() with
    {
        Fault = Drop,
        Codes = ["outcome_unknown"],
        Log = Log([(1, "attempt_started", 1), (3, "outcome_unknown", 1), (10, "retried", 1), .. Attempt(11, 2)]),
        Submits = [Made, MadeAgain],
    }));

    [Fact]
    public void An_order_without_an_end_is_lost() => Assert.Equal([End], Wrong(Delivered() with { Status = "unfinished" }));

    [Fact]
    public void A_video_of_no_bytes_is_not_delivered() => Assert.Equal([End], Wrong(Delivered() with { Video = 0 }));

    [Fact]
    public void A_code_that_the_fault_does_not_explain_is_named() => Assert.Equal([End, Away], Wrong(Delivered() with
    {
        Fault = Drop,
        Status = "failed",
        Codes = ["job_lost"],
    }));

    [Theory]
    [InlineData(2, true)]
    [InlineData(9, false)]
    public void Only_a_kill_during_the_exchange_explains_an_interrupted_submit(int second, bool isExplained)
    {
        var story = Delivered() with
        {
            Status = "failed",
            Codes = ["outcome_unknown"],
            Log = Log((1, "attempt_started", 1), (5, "interrupted", 1)),
        };

        Assert.Equal(isExplained ? [] : [End], Wrong(story, Start.AddSeconds(second)));
    }

    [Fact]
    public void A_second_job_without_a_retry_is_paid_twice() => Assert.Equal([Twice], Wrong(Delivered() with
    {
        Log = Log([(1, "attempt_started", 1), (3, "outcome_unknown", 1), .. Attempt(11, 2)]),
        Submits = [Made, MadeAgain],
    }));

    [Fact]
    public void A_second_job_after_one_that_was_known_is_paid_twice() => Assert.Equal([End, Twice], Wrong(Delivered() with
    {
        Codes = ["job_lost"],
        Log = Log([.. Attempt(1, 1), (9, "failed", 1), (10, "retried", 1), .. Attempt(11, 2)]),
        Submits = [Made, MadeAgain],
    }));

    [Fact]
    public void A_second_job_after_one_that_failed_there_is_not() => Assert.Empty(Wrong(Delivered() with
    {
        Fault = new(new(FaultKind.FailJob), "provider_failed"),
        Codes = ["provider_failed"],
        Log = Log([.. Attempt(1, 1), (9, "failed", 1), (10, "retried", 1), .. Attempt(11, 2)]),
        Submits = [Made with { Phase = JobPhase.Failed }, MadeAgain],
    }));

    [Fact]
    public void A_failure_for_the_account_is_named_even_when_a_retry_helped() =>
        Assert.Equal([End, Account], Wrong(Delivered() with { Codes = ["payment_required"] }));

    [Fact]
    public void A_job_that_the_ledger_does_not_know_is_named() => Assert.Equal([Books], Wrong(Delivered() with
    {
        Log = Log([(1, "attempt_started", 1), (3, "refused", 1), .. Attempt(11, 2)]),
        Submits = [Made with { Phase = JobPhase.Failed }, MadeAgain],
    }));

    [Fact]
    public void A_submit_that_never_arrived_is_named() => Assert.Equal([Books], Wrong(Delivered() with { Submits = [] }));

    [Fact]
    public void A_submit_before_the_first_attempt_is_named() => Assert.Equal([Books], Wrong(Delivered() with
    {
        Submits = [At(-5, SubmitFate.Refused, null), Made],
    }));

    [Fact]
    public void A_submit_belongs_to_the_attempt_that_was_open_however_soon_the_next_one_began() =>
        Assert.Empty(Wrong(Delivered() with
        {
            Log = Log([(1, "attempt_started", 1), (1.14, "refused", 1), .. Attempt(1.16, 2)]),
            Submits = [At(1.08, SubmitFate.Refused, null), At(1.17, SubmitFate.Accepted, JobPhase.Done)],
        }));

    [Fact]
    public void Every_kind_of_fault_that_passes_is_dealt_once_before_any_comes_again()
    {
        var deck = new FaultDeck(new Random(1));
        List<Fault> dealt = [];
        while (dealt.Count < FaultDeck.All.Count)
        {
            dealt.AddRange(deck.Deal() is { } fault ? [fault] : []);
        }

        Assert.Equal(FaultDeck.All.Count, dealt.Distinct().Count());
        FaultKind[] others = [FaultKind.QueueTime, FaultKind.RenderTime, FaultKind.NeverFinish, FaultKind.FinishAfterCancel];
        Assert.Empty(Enum.GetValues<FaultKind>().Except(others).Except(dealt.Select(fault => fault.Rule.Fault)));
    }

    private static IEnumerable<int> Wrong(Story story, params DateTimeOffset[] kills) =>
        new FaultVerdict([story], kills).Points.Index().Where(point => point.Item.Against.Count > 0).Select(point => point.Index);

    private static Story Delivered() => new("Order 1", "id", null)
    {
        Status = "completed",
        Video = 1000,
        Log = Log(Attempt(1, 1)),
        Submits = [Made],
    };

    private static (double Second, string Kind, int Attempt)[] Attempt(double second, int number) =>
        [(second, "attempt_started", number), (second + 2, "submitted", number), (second + 4, "completed", number)];

    private static LedgerLine[] Log(params (double Second, string Kind, int Attempt)[] lines) =>
        [.. lines.Select(line => new LedgerLine(Start.AddSeconds(line.Second), line.Kind, line.Attempt, ""))];

    private static BookedSubmit At(double second, SubmitFate fate, JobPhase? phase) => new(Start.AddSeconds(second), fate, phase);
}
