using VideoGen.FakeHub.Faults;
using VideoGen.FakeHub.Jobs;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Faults;

/// <summary>Everything that can go wrong at a provider: how it ends for the user, and how often it was ordered.</summary>
[Collection(nameof(Alone))]
public sealed class FaultTests(FaultyOrders orders) : IClassFixture<FaultyOrders>
{
    private static readonly FaultKind[] TestedElsewhere =
    [
        FaultKind.EmptyMapping, FaultKind.MappingError, FaultKind.Loading, FaultKind.LockAccount,
        FaultKind.FinishAfterCancel, FaultKind.RedirectOnDownload, FaultKind.PackedOnDownload,
        FaultKind.EndlessDownload, FaultKind.StallOnDownload,
    ];

    public static TheoryData<FaultKind, int?, double?, int?, string, int> Table => new()
    {
        // fault, its status, its seconds, how often it strikes, the end, submits
        { FaultKind.DropBeforeAccept, null, null, 1, "failed: outcome_unknown", 1 },
        { FaultKind.Refuse, 413, null, null, "failed: input_rejected", 1 },
        { FaultKind.Refuse, 422, null, null, "failed: input_rejected", 1 },
        { FaultKind.Refuse, 500, null, null, "failed: outcome_unknown", 1 },
        { FaultKind.Refuse, 502, null, null, "failed: outcome_unknown", 1 },
        { FaultKind.Refuse, 504, null, null, "failed: outcome_unknown", 1 },
        { FaultKind.HtmlOnSubmit, null, null, null, "failed: outcome_unknown", 1 },
        { FaultKind.AcceptThenDrop, null, null, null, "failed: outcome_unknown", 1 },
        { FaultKind.AcceptThenStall, null, 1, null, "completed", 1 },
        { FaultKind.AcceptThenStall, null, null, null, "failed: outcome_unknown", 1 },
        // fal names the request in the header of the error, under which the job is found.
        { FaultKind.AcceptThenError, 504, null, null, "completed", 1 },
        { FaultKind.QueueTime, null, 1, null, "completed", 1 },
        { FaultKind.RenderTime, null, 2, null, "completed", 1 },
        { FaultKind.NeverFinish, null, null, null, "failed: deadline_exceeded", 1 },
        { FaultKind.FailJob, 422, null, null, "failed: input_rejected", 1 },
        { FaultKind.FailJob, 500, null, null, "failed: provider_failed", 1 },
        { FaultKind.RejectContent, null, null, null, "failed: content_rejected", 1 },
        { FaultKind.PollError, 500, null, 3, "completed", 1 },
        { FaultKind.PollError, 429, 1, 1, "completed", 1 },
        { FaultKind.PollError, 502, null, null, "failed: deadline_exceeded", 1 },
        { FaultKind.HtmlOnPoll, null, null, 2, "completed", 1 },
        { FaultKind.DropOnPoll, null, null, 2, "completed", 1 },
        { FaultKind.HtmlOnPoll, 502, null, 2, "completed", 1 },
        { FaultKind.HtmlOnPoll, 404, null, 1, "completed", 1 },
        { FaultKind.LoseJob, null, null, null, "failed: job_lost", 1 },
        { FaultKind.LoseJob, null, null, 1, "completed", 1 },
        { FaultKind.UnknownStatus, null, null, null, "completed", 1 },
        { FaultKind.FractionalProgress, null, null, null, "completed", 1 },
        { FaultKind.MissingProgress, null, null, null, "completed", 1 },
        { FaultKind.ResultError, 500, null, 2, "completed", 1 },
        { FaultKind.EmptyResult, null, null, 1, "completed", 1 },
        { FaultKind.ExpiredLink, null, null, 1, "completed", 1 },
        { FaultKind.ExpiredLink, null, null, null, "failed: job_lost", 1 },
        { FaultKind.DownloadError, 403, null, null, "failed: job_lost", 1 },
        { FaultKind.DownloadError, 403, null, 1, "completed", 1 },
        { FaultKind.DownloadError, 404, null, 1, "completed", 1 },
        { FaultKind.DownloadError, 503, null, 2, "completed", 1 },
        { FaultKind.HtmlOnDownload, null, null, 1, "completed", 1 },
        { FaultKind.Truncated, null, null, 1, "completed", 1 },
        { FaultKind.HtmlOnDownload, null, null, null, "failed: result_unusable", 1 },
        { FaultKind.Truncated, null, null, null, "failed: result_unusable", 1 },
        { FaultKind.Renamed, null, null, null, "failed: result_unusable", 1 },
        { FaultKind.DropOnDownload, null, null, 1, "completed", 1 },
        { FaultKind.SlowDrip, null, 0.1, null, "completed", 1 },
        { FaultKind.Webm, null, null, null, "completed", 1 },
        { FaultKind.Gzipped, null, null, null, "completed", 1 },
        { FaultKind.Sound, null, null, null, "completed", 1 },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public async Task A_fault_ends_as_it_should_after_as_many_submits_as_it_should(
        FaultKind fault, int? status, double? seconds, int? count, string outcome, int submits)
    {
        var script = FaultyOrders.ScriptOf(fault, status, seconds, count);

        var end = await orders.EndAsync(script);

        Assert.True(outcome == end.Outcome(), $"{outcome} was expected, and not {end}");
        Assert.Equal(submits, orders.Hub.Submits.Count(script).Arrived);
        Assert.Equal(submits, end.GetProperty("attempt").GetInt32());
    }

    [Fact]
    public void The_table_leaves_no_fault_out() => Assert.Equal(
        Enum.GetValues<FaultKind>().Except(TestedElsewhere),
        Table.Select(row => row.Data.Item1).Distinct());

    [Fact]
    public async Task A_job_that_takes_too_long_is_canceled_at_its_provider()
    {
        var end = await orders.EndAsync(FaultyOrders.TooLong);

        Assert.Equal("failed: deadline_exceeded", end.Outcome());
        var job = orders.Hub.TheJob(FaultyOrders.TooLong);
        Assert.NotNull(job.CanceledAt);
        Assert.Equal(JobPhase.Running, orders.Hub.Jobs.PhaseOf(job));
    }
}
