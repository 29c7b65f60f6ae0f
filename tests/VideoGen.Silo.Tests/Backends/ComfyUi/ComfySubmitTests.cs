using VideoGen.FakeComfy;
using VideoGen.FakeComfy.Books;
using VideoGen.FakeComfy.Faults;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Testing;

namespace VideoGen.Silo.Tests.Backends.ComfyUi;

/// <summary>What is known after a submit, and after one whose answer was lost: nothing runs twice.</summary>
public sealed class ComfySubmitTests
{
    [Theory]
    [InlineData(FaultKind.AcceptThenDrop, "0.36.0")]
    [InlineData(FaultKind.AcceptThenBadGateway, "0.36.0")]
    [InlineData(FaultKind.AcceptThenDrop, "0.24.0")]
    [InlineData(FaultKind.AcceptThenDrop, "0.9.2")]
    public async Task A_job_whose_answer_was_lost_is_found(FaultKind fault, string version)
    {
        await using var bench = await ComfyBench.StartAsync(new FakeComfyOptions { Version = version });
        bench.Server.Faults.Add(fault);

        var planned = await bench.PlannedAsync();
        Assert.IsType<SubmitOutcome.Unknown>(await planned.Submit());
        var found = Assert.IsType<FindOutcome.Found>(await bench.FindAsync(planned.Plan));

        Assert.IsType<PollOutcome.Rendered>(await bench.EndAsync(planned.Plan, found.Job));
        Assert.Equal(1, bench.Server.Books.Count(BookEvent.Started));
    }

    [Fact]
    public async Task A_submit_that_never_arrived_is_not_there()
    {
        await using var bench = await ComfyBench.StartAsync();
        bench.Server.Faults.Add(FaultKind.DropBeforeAccept);

        var planned = await bench.PlannedAsync();

        Assert.IsType<SubmitOutcome.Unknown>(await planned.Submit());
        Assert.True(Assert.IsType<FindOutcome.NotThere>(await bench.FindAsync(planned.Plan)).MayBeForgotten);
    }

    [Theory]
    [InlineData("0.36.0", false)]
    [InlineData("0.9.2", true)]
    public async Task A_server_with_an_older_job_has_not_forgotten_a_newer_one(string version, bool mayBeForgotten)
    {
        await using var bench = await ComfyBench.StartAsync(new FakeComfyOptions { Version = version });
        await bench.AcceptedAsync();
        var planned = await bench.PlannedAsync(ComfyBench.Order(attempt: 2));

        // The stand-in has a clock of its own.
        var later = planned.Plan with { PlannedAt = bench.Time.GetUtcNow() + TimeSpan.FromMinutes(1) };

        Assert.Equal(mayBeForgotten, Assert.IsType<FindOutcome.NotThere>(await bench.FindAsync(later)).MayBeForgotten);
    }

    [Fact]
    public async Task A_job_that_a_restart_lost_before_it_was_looked_for_is_not_there()
    {
        await using var bench = await ComfyBench.StartAsync();
        bench.Server.Settings.RenderTime = TimeSpan.FromMinutes(1);
        bench.Server.Faults.Add(FaultKind.RestartAfterAccept);

        var planned = await bench.PlannedAsync();

        Assert.IsType<SubmitOutcome.Unknown>(await planned.Submit());
        Assert.IsType<FindOutcome.NotThere>(
            await Eventually.GetAsync(() => bench.FindAsync(planned.Plan), outcome => outcome is not FindOutcome.Unavailable,
                _ => "The stand-in stays away."));
    }

    [Fact]
    public async Task A_job_that_costs_money_is_looked_for_as_long_as_a_submit_may_take()
    {
        await using var bench = await ComfyBench.StartAsync(
            settings: ("VideoGen:Upstreams:gpu1:RepeatCostsMoney", "true"));
        bench.Server.Faults.Add(FaultKind.DropBeforeAccept);
        var planned = await bench.PlannedAsync();
        Assert.IsType<SubmitOutcome.Unknown>(await planned.Submit());

        Assert.IsType<FindOutcome.Unavailable>(await bench.FindAsync(planned.Plan));
        bench.Time.Advance(TimeSpan.FromSeconds(100));
        Assert.IsType<FindOutcome.NotThere>(await bench.FindAsync(planned.Plan));
    }

    [Fact]
    public async Task A_video_that_was_made_before_a_restart_is_found()
    {
        await using var bench = await ComfyBench.StartAsync();
        bench.Server.Faults.Add(FaultKind.AcceptThenDrop);
        var planned = await bench.PlannedAsync();
        Assert.IsType<SubmitOutcome.Unknown>(await planned.Submit());
        await Eventually.TrueAsync(() => bench.Server.Books.Count(BookEvent.Finished) == 1, "No run finished.");

        await bench.Server.RestartAsync();

        var found = Assert.IsType<FindOutcome.Found>(await bench.FindAsync(planned.Plan));
        Assert.IsType<PollOutcome.Rendered>(await bench.PollAsync(planned.Plan, found.Job));
    }

    [Fact]
    public async Task A_server_that_is_away_cannot_tell()
    {
        await using var bench = await ComfyBench.StartAsync();
        var planned = await bench.PlannedAsync();

        await bench.Server.StopAsync();

        Assert.IsType<FindOutcome.Unavailable>(await bench.FindAsync(planned.Plan));
    }

    [Theory]
    [InlineData("0.36.0")]
    [InlineData("0.24.0")]
    public async Task The_server_is_asked_before_anything_is_sent(string version)
    {
        await using var bench = await ComfyBench.StartAsync(new FakeComfyOptions { Version = version });
        bench.Server.Settings.RenderTime = TimeSpan.FromMinutes(1);
        var (_, job) = await bench.AcceptedAsync();

        var (_, again) = await bench.AcceptedAsync();

        Assert.Equal(job, again);
        Assert.Equal(1, bench.Server.Books.Count(BookEvent.Accepted));
    }

    [Fact]
    public async Task An_earlier_attempt_that_turned_up_late_is_adopted()
    {
        await using var bench = await ComfyBench.StartAsync();
        bench.Server.Settings.RenderTime = TimeSpan.FromMinutes(1);
        var (_, first) = await bench.AcceptedAsync();

        var (_, second) = await bench.AcceptedAsync(ComfyBench.Order(attempt: 2));

        Assert.Equal(first, second);
        Assert.Equal(1, bench.Server.Books.Count(BookEvent.Accepted));
    }

    [Fact]
    public async Task A_failed_attempt_is_not_adopted()
    {
        await using var bench = await ComfyBench.StartAsync();
        bench.Server.Faults.Add(FaultKind.FailRun, times: 1);
        var (plan, first) = await bench.AcceptedAsync();
        Assert.IsType<PollOutcome.Failed>(await bench.EndAsync(plan, first));

        var (_, second) = await bench.AcceptedAsync(ComfyBench.Order(attempt: 2));

        Assert.NotEqual(first.Id, second.Id);
    }

    [Fact]
    public async Task Nothing_is_sent_to_a_server_that_does_not_say_whether_it_has_the_job()
    {
        await using var bench = await ComfyBench.StartAsync();
        var planned = await bench.PlannedAsync();
        bench.Server.Faults.Add(new FaultRule(FaultKind.BadGateway) { Path = "/jobs/" });

        var refused = Assert.IsType<SubmitOutcome.NotAccepted>(await planned.Submit());

        Assert.Equal((true, VerdictScope.Upstream), (refused.Transient, refused.Scope));
        Assert.Equal(0, bench.Server.Books.Count(BookEvent.Accepted));
    }

    [Fact]
    public async Task A_graph_whose_video_branch_was_dropped_is_taken_back()
    {
        await using var bench = await ComfyBench.StartAsync();
        bench.Server.Faults.Add(FaultKind.NodeErrors);

        var planned = await bench.PlannedAsync();

        var refused = Assert.IsType<SubmitOutcome.NotAccepted>(await planned.Submit());
        Assert.Equal((GenerationErrorCode.ModelUnavailable, VerdictScope.Model), (refused.Error.Code, refused.Scope));
    }
}
