using VideoGen.FakeComfy;
using VideoGen.FakeComfy.Books;
using VideoGen.FakeComfy.Faults;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Silo.Backends.Models;
using VideoGen.Testing;

namespace VideoGen.Silo.Tests.Backends.ComfyUi;

/// <summary>What is checked before anything is sent to a ComfyUI server, and what its operator reads.</summary>
public sealed class ComfyPlanTests
{
    private const string Partner = """
        "6": { "class_type": "PaidNode", "inputs": {} },
        """;

    [Fact]
    public async Task A_server_that_is_away_holds_up_its_queue()
    {
        await using var bench = await ComfyBench.StartAsync();
        await bench.Server.StopAsync();

        var refused = Assert.IsType<PlanOutcome.Refused>(
            await bench.Backend.PlanAsync(ComfyBench.Order(), CancellationToken.None));

        Assert.Equal((GenerationErrorCode.ProviderUnavailable, VerdictScope.Upstream, TimeSpan.FromSeconds(5)),
            (refused.Error.Code, refused.Scope, refused.RetryAfter));
        Assert.Contains("ComfyUI server gpu1 could not be reached", refused.Error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/object_info")]
    [InlineData("/upload")]
    [InlineData("/system_stats")]
    public async Task A_server_that_only_its_proxy_answers_for_holds_up_its_queue(string path)
    {
        await using var bench = await ComfyBench.StartAsync();
        bench.Server.Faults.Add(new FaultRule(FaultKind.BadGateway) { Path = path });

        var refused = Assert.IsType<PlanOutcome.Refused>(
            await bench.Backend.PlanAsync(ComfyBench.Order(), CancellationToken.None));

        Assert.Equal((GenerationErrorCode.ProviderUnavailable, VerdictScope.Upstream), (refused.Error.Code, refused.Scope));
    }

    [Fact]
    public async Task A_missing_node_class_is_named()
    {
        await using var bench = await ComfyBench.StartAsync(graph: ComfyBench.Graph.Replace("RepeatImageBatch", "NoSuchNode"));

        var refused = Assert.IsType<PlanOutcome.Refused>(
            await bench.Backend.PlanAsync(ComfyBench.Order(), CancellationToken.None));

        Assert.Equal((GenerationErrorCode.ModelUnavailable, VerdictScope.Model), (refused.Error.Code, refused.Scope));
        Assert.Contains("lacks the node classes NoSuchNode", refused.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_model_file_is_named()
    {
        const string Loader = """
            "6": { "class_type": "VAELoader", "inputs": { "vae_name": "none.safetensors" } },
            """;
        await using var bench = await ComfyBench.StartAsync(graph: "{" + Loader + ComfyBench.Graph.TrimStart()[1..]);

        var refused = Assert.IsType<PlanOutcome.Refused>(
            await bench.Backend.PlanAsync(ComfyBench.Order(), CancellationToken.None));

        Assert.Contains("none.safetensors for vae_name of VAELoader", refused.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_graph_with_partner_nodes_costs_money_whatever_the_setting_says()
    {
        await using var bench = await ComfyBench.StartAsync(
            new FakeComfyOptions { NodeClasses = ["partner PaidNode() -> IMAGE"] },
            "{" + Partner + ComfyBench.Graph.TrimStart()[1..], ("VideoGen:Upstreams:gpu1:RepeatCostsMoney", "false"));
        await using var free = await ComfyBench.StartAsync();

        Assert.True((await bench.PlannedAsync()).Plan.RepeatCostsMoney);
        Assert.False((await free.PlannedAsync()).Plan.RepeatCostsMoney);
        Assert.False(free.Backend.Traits.RepeatCostsMoney);
    }

    [Fact]
    public async Task The_model_takes_what_its_workflow_has_a_slot_for()
    {
        await using var bench = await ComfyBench.StartAsync();

        var report = await bench.Backend.DescribeAsync(ComfyBench.Model, CancellationToken.None);

        Assert.Null(report.Problem);
        Assert.True(report.Traits is { HasProfile: false, Script: false, Seed: false, NegativePrompt: false });
    }

    [Fact]
    public async Task A_check_says_where_the_values_go_and_what_the_server_lacks()
    {
        await using var bench = await ComfyBench.StartAsync(graph: ComfyBench.Graph.Replace("RepeatImageBatch", "NoSuchNode"));

        var report = await ((IModelCheck)bench.Backend).CheckAsync(ComfyBench.Model, CancellationToken.None);

        Assert.False(report.IsUsable);
        Assert.Contains("  picture          image of node 1 (LoadImage)", report.Lines);
        Assert.Contains("  seed             not taken", report.Lines);
        Assert.Contains("Missing node class: NoSuchNode. Install the custom nodes that have it.", report.Lines);
    }

    [Fact]
    public async Task An_older_version_is_told_with_what_it_cannot_do()
    {
        await using var bench = await ComfyBench.StartAsync(new FakeComfyOptions { Version = "0.24.0" });

        await bench.PlannedAsync();

        Assert.Contains(bench.Logs.Lines, line => line.Contains("does not take ids of ours", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0.36.0")]
    [InlineData("0.24.0")]
    public async Task A_cancel_stops_our_job_and_no_other(string version)
    {
        await using var bench = await ComfyBench.StartAsync(new FakeComfyOptions { Version = version });
        bench.Server.Settings.RenderTime = TimeSpan.FromMinutes(1);
        var (runningPlan, running) = await bench.AcceptedAsync();
        var (waitingPlan, waiting) = await bench.AcceptedAsync(ComfyBench.Order() with { GenerationId = "other" });

        Assert.Equal(CancelOutcome.Confirmed, await CancelAsync(bench, waitingPlan, waiting));
        Assert.IsType<PollOutcome.Running>(await bench.PollAsync(runningPlan, running));
        Assert.Equal(CancelOutcome.Confirmed, await CancelAsync(bench, runningPlan, running));
        Assert.Equal((1, 1), (bench.Server.Books.Count(BookEvent.Cancelled), bench.Server.Books.Count(BookEvent.Interrupted)));
    }

    [Fact]
    public async Task A_version_that_would_stop_whatever_runs_is_not_asked_to()
    {
        await using var bench = await ComfyBench.StartAsync(new FakeComfyOptions { Version = "0.3.40" });
        bench.Server.Settings.RenderTime = TimeSpan.FromMinutes(1);
        var (plan, job) = await bench.AcceptedAsync();
        await Eventually.TrueAsync(() => bench.Server.Books.Count(BookEvent.Started) == 1, "Nothing runs.");

        Assert.Equal(CancelOutcome.NotPossible, await CancelAsync(bench, plan, job));
        Assert.Equal(0, bench.Server.Books.Count(BookEvent.Interrupted));
    }

    [Fact]
    public async Task A_finished_job_cannot_be_canceled()
    {
        await using var bench = await ComfyBench.StartAsync();
        var (plan, job) = await bench.AcceptedAsync();
        await bench.EndAsync(plan, job);

        Assert.Equal(CancelOutcome.NotPossible, await CancelAsync(bench, plan, job));
    }

    [Fact]
    public async Task The_headers_and_the_token_for_a_proxy_go_with_every_call()
    {
        await using var bench = await ComfyBench.StartAsync(settings:
            [("VideoGen:Upstreams:gpu1:Headers:X-Gate", "open"), ("VideoGen:Upstreams:gpu1:Token", "secret-of-the-proxy")]);
        bench.Server.Faults.Add(new FaultRule(FaultKind.Unauthorized) { Path = "/prompt" });

        var planned = await bench.PlannedAsync();

        var refused = Assert.IsType<SubmitOutcome.NotAccepted>(await planned.Submit());
        Assert.Equal((GenerationErrorCode.TokenRefused, VerdictScope.Upstream), (refused.Error.Code, refused.Scope));
        Assert.Contains("Set VideoGen:Upstreams:gpu1:Token to a valid one.", refused.Error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(bench.Logs.Lines, line => line.Contains("secret-of-the-proxy", StringComparison.Ordinal));
    }

    private static Task<CancelOutcome> CancelAsync(ComfyBench bench, RenderPlan plan, RenderJob job) => Eventually.GetAsync(
        () => bench.Backend.CancelAsync(ComfyBench.Order(), plan, job, CancellationToken.None),
        outcome => outcome is not CancelOutcome.Unavailable, _ => "The job goes on.");
}
