using VideoGen.Grains.Backends;
using VideoGen.Grains.Media;
using VideoGen.Silo.Backends.LocalRenders;
using VideoGen.Silo.Backends.Settings;

namespace VideoGen.Silo.Tests.Backends.LocalRenders;

/// <summary>An activation has moved, and the render that it started runs on at the silo where it was.</summary>
public sealed class OtherSiteTests : IAsyncLifetime
{
    private static readonly RenderPlan Plan = new();
    private static readonly RenderJob Job = new("a-1", Site: FakeSites.Other);

    private readonly RenderRequest _order = RunnerBench.Order();
    private readonly RunnerBench _here = new();
    private readonly RunnerBench _there = new();
    private readonly ScriptedRender _render = new();
    private readonly FakeSite _other;
    private readonly TestedBackend _backend;

    public OtherSiteTests()
    {
        _other = new FakeSite(_there.Runner);
        _backend = Backend(new FakeSites(_other));
    }

    public async ValueTask InitializeAsync()
    {
        await _here.StartAsync();
        await _there.StartAsync();
        _there.Runner.TryStart(_order, _render.RunAsync);
        await _render.Begun;
    }

    public async ValueTask DisposeAsync()
    {
        await _here.DisposeAsync();
        await _there.DisposeAsync();
    }

    [Fact]
    public async Task A_job_names_the_silo_that_renders_it() => Assert.Equal(
        "here", Assert.IsType<SubmitOutcome.Accepted>(await (await PlanAsync()).Submit()).Job.Site);

    [Fact]
    public async Task A_poll_asks_the_silo_that_renders_and_starts_nothing_here()
    {
        (await _render.Begun).Report(0.4);

        Assert.Equal(0.4, Assert.IsType<PollOutcome.Running>(await PollAsync()).Progress);
        Assert.Equal(0, _backend.Renders);
    }

    [Fact]
    public async Task A_silo_that_does_not_answer_is_asked_again_and_nothing_is_lost()
    {
        _other.Trouble = new SiloUnavailableException();
        Assert.IsType<PollOutcome.Unavailable>(await PollAsync());
        Assert.Equal(CancelOutcome.Unavailable, await CancelAsync(_backend));

        _other.Trouble = new TimeoutException();
        Assert.IsType<PollOutcome.Unavailable>(await PollAsync());

        _other.Trouble = new OperationCanceledException();    // it stops, and breaks off what it was answering
        Assert.IsType<PollOutcome.Unavailable>(await PollAsync());
    }

    [Fact]
    public async Task A_render_is_lost_with_its_silo_unless_its_film_was_stored()
    {
        var alone = Backend(new FakeSites());
        Assert.IsType<PollOutcome.Lost>(await alone.PollAsync(_order, Plan, Job, CancellationToken.None));

        await _here.SaveAsync(MediaKind.Original, _order.OriginalName, [1]);

        Assert.IsType<PollOutcome.Rendered>(await alone.PollAsync(_order, Plan, Job, CancellationToken.None));
    }

    [Fact]
    public async Task A_render_that_its_silo_gave_up_as_it_stopped_begins_anew_elsewhere()
    {
        await _there.Runner.StopAsync(CancellationToken.None).WaitAsync(RunnerBench.Deadline);

        Assert.IsType<PollOutcome.Lost>(await PollAsync());
    }

    [Fact]
    public async Task A_cancel_reaches_the_silo_that_renders()
    {
        Assert.Equal(CancelOutcome.Confirmed, await CancelAsync(_backend));
        Assert.True(_render.WasCanceled);
    }

    [Fact]
    public async Task A_job_whose_silo_is_gone_does_not_run_any_more() =>
        Assert.Equal(CancelOutcome.Confirmed, await CancelAsync(Backend(new FakeSites())));

    private async Task<PlanOutcome.Planned> PlanAsync()
    {
        await _here.SaveAsync(MediaKind.Upload, _order.Request.CharacterImage, [1]);
        return Assert.IsType<PlanOutcome.Planned>(await _backend.PlanAsync(_order, CancellationToken.None));
    }

    private TestedBackend Backend(FakeSites sites) => new(TestUpstream.Preview, _here.Runner, sites, _here.Media, _here.Time);

    private Task<PollOutcome> PollAsync() => _backend.PollAsync(_order, Plan, Job, CancellationToken.None);

    private Task<CancelOutcome> CancelAsync(TestedBackend backend) =>
        backend.CancelAsync(_order, Plan, Job, CancellationToken.None).WaitAsync(RunnerBench.Deadline);

    private sealed class TestedBackend(
        Upstream upstream, LocalRenderRunner runner, IRenderSites sites, IMediaStore media, TimeProvider time)
        : LocalRenderBackend(upstream, runner, sites, media, time)
    {
        public int Renders { get; private set; }

        public override BackendTraits Traits { get; } = new(IsPreview: true, RepeatCostsMoney: false);

        public override Task<ModelReport> DescribeAsync(string? model, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        protected override Task<LocalRenderResult> RenderAsync(
            RenderRequest request, RenderPlan plan, ScratchFile target, IProgress<double> progress,
            CancellationToken cancellationToken)
        {
            Renders++;
            return Task.FromResult<LocalRenderResult>(new LocalRenderResult.Rendered());
        }
    }
}
