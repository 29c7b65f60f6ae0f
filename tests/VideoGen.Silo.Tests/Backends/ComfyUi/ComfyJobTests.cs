using VideoGen.FakeComfy;
using VideoGen.FakeComfy.Books;
using VideoGen.FakeComfy.Faults;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Media;
using VideoGen.Testing;

namespace VideoGen.Silo.Tests.Backends.ComfyUi;

/// <summary>A job at a ComfyUI server from the plan to the video, at versions with and without the newer routes.</summary>
public sealed class ComfyJobTests
{
    [Theory]
    [InlineData("0.36.0")]
    [InlineData("0.25.1")]
    [InlineData("0.24.0")]
    [InlineData("0.9.2")]
    public async Task A_request_becomes_a_video(string version)
    {
        await using var bench = await ComfyBench.StartAsync(new FakeComfyOptions { Version = version });

        var (plan, job) = await bench.AcceptedAsync();
        var rendered = Assert.IsType<PollOutcome.Rendered>(await bench.EndAsync(plan, job));
        var stored = Assert.IsType<FetchOutcome.Stored>(
            await bench.Backend.FetchAsync(ComfyBench.Order(), plan, job, rendered.Result, CancellationToken.None));

        Assert.True(stored.Original.Bytes > 1_000);
        Assert.NotNull(bench.Store.Get(MediaKind.Original, ComfyBench.Order().OriginalName));
        Assert.Equal(1, bench.Server.Books.Count(BookEvent.Finished));
    }

    [Fact]
    public async Task The_job_has_our_id_and_its_files_have_it_in_their_name()
    {
        await using var bench = await ComfyBench.StartAsync();

        var (plan, job) = await bench.AcceptedAsync();

        Assert.Equal(plan.SubmitId, job.Id);
        var accepted = Assert.Single(bench.Server.Books.Of(BookEvent.Accepted));
        Assert.Equal((job.Id, $"videogen/{job.Id}"), (accepted.PromptId, accepted.Prefix));
    }

    [Fact]
    public async Task Each_attempt_has_an_id_and_a_seed_of_its_own()
    {
        await using var bench = await ComfyBench.StartAsync();

        var first = (await bench.PlannedAsync()).Plan;
        var again = (await bench.PlannedAsync()).Plan;
        var second = (await bench.PlannedAsync(ComfyBench.Order(attempt: 2))).Plan;

        Assert.Equal((first.SubmitId, first.BodyHash), (again.SubmitId, again.BodyHash));
        Assert.NotEqual(first.SubmitId, second.SubmitId);
        Assert.NotEqual(first.BodyHash, second.BodyHash);
    }

    [Fact]
    public async Task A_waiting_job_has_a_position()
    {
        await using var bench = await ComfyBench.StartAsync();
        bench.Server.Settings.RenderTime = TimeSpan.FromMinutes(1);

        await bench.AcceptedAsync();
        var (plan, job) = await bench.AcceptedAsync(ComfyBench.Order() with { GenerationId = "other" });

        Assert.Equal(1, Assert.IsType<PollOutcome.Running>(await bench.PollAsync(plan, job)).QueuePosition);
    }

    [Fact]
    public async Task A_running_job_shows_progress_while_the_socket_lasts()
    {
        await using var bench = await ComfyBench.StartAsync();
        bench.Server.Settings.RenderTime = TimeSpan.FromSeconds(3);

        var (plan, job) = await bench.AcceptedAsync();

        var running = await Eventually.GetAsync(
            () => bench.PollAsync(plan, job), outcome => outcome is not PollOutcome.Running { Progress: null or 0 },
            _ => "There is no progress.");
        Assert.InRange(Assert.IsType<PollOutcome.Running>(running).Progress!.Value, 0.01, 1);
    }

    [Fact]
    public async Task A_run_that_fails_says_why()
    {
        await using var bench = await ComfyBench.StartAsync();
        bench.Server.Faults.Add(FaultKind.FailRun);

        var (plan, job) = await bench.AcceptedAsync();

        var failed = Assert.IsType<PollOutcome.Failed>(await bench.EndAsync(plan, job));
        Assert.Equal((GenerationErrorCode.ProviderFailed, true), (failed.Error.Code, failed.Error.Retryable));
        Assert.StartsWith(
            "ComfyUI server gpu1 could not make the video. It said: ", failed.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_somebody_stopped_is_not_a_failure_of_the_workflow()
    {
        await using var bench = await ComfyBench.StartAsync();
        bench.Server.Faults.Add(FaultKind.InterruptRun);

        var (plan, job) = await bench.AcceptedAsync();

        var failed = Assert.IsType<PollOutcome.Failed>(await bench.EndAsync(plan, job));
        Assert.StartsWith("Somebody stopped the job at ComfyUI server gpu1.", failed.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_finished_run_without_outputs_is_suspected_before_it_is_believed()
    {
        await using var bench = await ComfyBench.StartAsync();
        bench.Server.Faults.Add(FaultKind.CachedWithoutOutputs);

        var (plan, job) = await bench.AcceptedAsync();

        Assert.Equal(
            GenerationErrorCode.ResultUnusable, Assert.IsType<PollOutcome.Suspect>(await bench.EndAsync(plan, job)).Error.Code);
    }

    [Theory]
    [InlineData(FaultKind.BadGateway)]
    [InlineData(FaultKind.Unauthorized)]
    [InlineData(FaultKind.DropRequest)]
    public async Task A_proxy_in_the_way_of_a_poll_says_nothing_about_the_job(FaultKind fault)
    {
        await using var bench = await ComfyBench.StartAsync();
        var (plan, job) = await bench.AcceptedAsync();
        bench.Server.Faults.Add(fault);

        Assert.IsType<PollOutcome.Unavailable>(await bench.PollAsync(plan, job));
    }

    [Fact]
    public async Task After_a_restart_the_video_is_found_by_its_name()
    {
        await using var bench = await ComfyBench.StartAsync();
        var (plan, job) = await bench.AcceptedAsync();
        await bench.EndAsync(plan, job);

        await bench.Server.RestartAsync();

        var rendered = Assert.IsType<PollOutcome.Rendered>(await bench.PollAsync(plan, job));
        Assert.IsType<FetchOutcome.Stored>(
            await bench.Backend.FetchAsync(ComfyBench.Order(), plan, job, rendered.Result, CancellationToken.None));
    }

    [Fact]
    public async Task A_job_that_a_restart_lost_is_lost()
    {
        await using var bench = await ComfyBench.StartAsync();
        bench.Server.Settings.RenderTime = TimeSpan.FromMinutes(1);
        var (plan, job) = await bench.AcceptedAsync();

        await bench.Server.RestartAsync();

        Assert.Equal(GenerationErrorCode.JobLost, Assert.IsType<PollOutcome.Lost>(await bench.PollAsync(plan, job)).Error.Code);
    }

    [Fact]
    public async Task A_server_that_is_away_has_not_lost_the_job()
    {
        await using var bench = await ComfyBench.StartAsync();
        var (plan, job) = await bench.AcceptedAsync();

        await bench.Server.StopAsync();

        Assert.IsType<PollOutcome.Unavailable>(await bench.PollAsync(plan, job));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_suspected()
    {
        await using var bench = await ComfyBench.StartAsync();
        var (plan, job) = await bench.AcceptedAsync();
        var rendered = Assert.IsType<PollOutcome.Rendered>(await bench.EndAsync(plan, job));
        bench.Server.Faults.Add(FaultKind.ViewNotFound);

        Assert.IsType<FetchOutcome.Suspect>(
            await bench.Backend.FetchAsync(ComfyBench.Order(), plan, job, rendered.Result, CancellationToken.None));
    }
}
