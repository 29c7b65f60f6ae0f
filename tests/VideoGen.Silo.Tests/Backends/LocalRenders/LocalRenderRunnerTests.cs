using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Media;
using VideoGen.Silo.Backends.LocalRenders;

namespace VideoGen.Silo.Tests.Backends.LocalRenders;

public sealed class LocalRenderRunnerTests
{
    private static readonly GenerationError Error = new(GenerationErrorCode.ProviderFailed, "No luck.", Retryable: true);

    private readonly RenderRequest _order = RunnerBench.Order();
    private readonly ScriptedRender _render = new();

    [Fact]
    public async Task A_render_is_in_the_store_before_it_counts()
    {
        await using var bench = await StartedAsync();
        bench.Runner.TryStart(_order, _render.RunAsync);
        await _render.Begun;
        Assert.False(await bench.Media.ExistsAsync(MediaKind.Original, _order.OriginalName, CancellationToken.None));

        _render.End();

        await bench.StateAsync<LocalRenderState.Stored>(_order);
        Assert.True(await bench.Media.ExistsAsync(MediaKind.Original, _order.OriginalName, CancellationToken.None));
    }

    [Fact]
    public async Task Starting_the_same_order_again_changes_nothing()
    {
        await using var bench = await StartedAsync();
        var second = new ScriptedRender();

        Assert.True(bench.Runner.TryStart(_order, _render.RunAsync));
        Assert.True(bench.Runner.TryStart(_order, second.RunAsync));
        _render.End();
        await bench.StateAsync<LocalRenderState.Stored>(_order);
        Assert.True(bench.Runner.TryStart(_order, second.RunAsync));

        Assert.Equal((1, 0), (_render.Runs, second.Runs));
        await bench.StateAsync<LocalRenderState.Stored>(_order);
    }

    [Fact]
    public async Task Another_attempt_is_another_render()
    {
        await using var bench = await StartedAsync();
        bench.Runner.TryStart(_order, _render.RunAsync);
        _render.End(new LocalRenderResult.Failed(Error));
        await bench.StateAsync<LocalRenderState.Failed>(_order);
        var second = new ScriptedRender();

        bench.Runner.TryStart(_order with { Attempt = 2 }, second.RunAsync);
        second.End();

        await bench.StateAsync<LocalRenderState.Stored>(_order with { Attempt = 2 });
        Assert.Equal(Error, (await bench.StateAsync<LocalRenderState.Failed>(_order)).Error);
    }

    [Fact]
    public async Task What_is_already_in_the_store_is_not_rendered_again()
    {
        await using var bench = await StartedAsync();
        await bench.SaveAsync(MediaKind.Original, _order.OriginalName, new byte[1]);

        bench.Runner.TryStart(_order, _render.RunAsync);

        await bench.StateAsync<LocalRenderState.Stored>(_order);
        Assert.Equal(0, _render.Runs);
    }

    [Fact]
    public async Task Renders_begin_in_the_order_of_their_arrival_and_no_more_at_once_than_allowed()
    {
        await using var bench = await StartedAsync(new LocalRenderOptions { MaxConcurrent = 1 });
        var renders = Enumerable.Range(0, 4).Select(_ => new ScriptedRender()).ToArray();
        for (var i = 0; i < renders.Length; i++)
        {
            bench.Runner.TryStart(RunnerBench.Order($"{i}"), renders[i].RunAsync);
        }

        for (var i = 0; i < renders.Length; i++)
        {
            await renders[i].Begun;
            Assert.Equal(i + 1, renders.Sum(render => render.Runs));
            renders[i].End();
        }
    }

    [Fact]
    public async Task Progress_wakes_whoever_waits_for_news()
    {
        await using var bench = await StartedAsync();
        bench.Runner.TryStart(_order, _render.RunAsync);
        var progress = await _render.Begun;
        var news = bench.Runner.NextStateAsync(_order, TimeSpan.FromSeconds(1), CancellationToken.None);
        Assert.False(news.IsCompleted);

        progress.Report(0.4);

        Assert.Equal(new LocalRenderState.Running(0.4), await news.WaitAsync(RunnerBench.Deadline));
    }

    [Fact]
    public async Task Progress_never_goes_back_nor_beyond_the_end()
    {
        await using var bench = await StartedAsync();
        bench.Runner.TryStart(_order, _render.RunAsync);
        var progress = await _render.Begun;

        progress.Report(0.4);
        progress.Report(0.3);
        Assert.Equal(0.4, (await bench.StateAsync<LocalRenderState.Running>(_order)).Progress);
        progress.Report(7);
        Assert.Equal(1, (await bench.StateAsync<LocalRenderState.Running>(_order)).Progress);
    }

    [Fact]
    public async Task Without_news_a_wait_ends_when_patience_does()
    {
        await using var bench = await StartedAsync();
        bench.Runner.TryStart(_order, _render.RunAsync);
        await _render.Begun;
        var news = bench.Runner.NextStateAsync(_order, TimeSpan.FromSeconds(1), CancellationToken.None);

        bench.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(new LocalRenderState.Running(null), await news.WaitAsync(RunnerBench.Deadline));
    }

    [Fact]
    public async Task Canceling_stops_a_running_render_and_waits_until_it_has_stopped()
    {
        await using var bench = await StartedAsync();
        bench.Runner.TryStart(_order, _render.RunAsync);
        await _render.Begun;

        Assert.IsType<LocalRenderState.Canceled>(
            await bench.Runner.CancelAsync(_order, CancellationToken.None).WaitAsync(RunnerBench.Deadline));

        Assert.True(_render.WasCanceled);
    }

    [Fact]
    public async Task Canceling_a_waiting_render_means_that_it_never_begins()
    {
        await using var bench = await StartedAsync(new LocalRenderOptions { MaxConcurrent = 1 });
        bench.Runner.TryStart(RunnerBench.Order("first"), _render.RunAsync);
        var (second, third) = (new ScriptedRender(), new ScriptedRender());
        bench.Runner.TryStart(_order, second.RunAsync);
        bench.Runner.TryStart(RunnerBench.Order("third"), third.RunAsync);

        Assert.IsType<LocalRenderState.Canceled>(
            await bench.Runner.CancelAsync(_order, CancellationToken.None).WaitAsync(RunnerBench.Deadline));
        _render.End();
        await third.Begun;

        Assert.Equal(0, second.Runs);
    }

    [Fact]
    public async Task A_stop_interrupts_what_runs_and_what_waits_and_takes_nothing_more()
    {
        await using var bench = await StartedAsync(new LocalRenderOptions { MaxConcurrent = 1 });
        bench.Runner.TryStart(_order, _render.RunAsync);
        bench.Runner.TryStart(RunnerBench.Order("waiting"), _render.RunAsync);
        await _render.Begun;

        await bench.Runner.StopAsync(CancellationToken.None).WaitAsync(RunnerBench.Deadline);

        Assert.True(_render.WasCanceled);
        await bench.StateAsync<LocalRenderState.Interrupted>(_order);
        await bench.StateAsync<LocalRenderState.Interrupted>(RunnerBench.Order("waiting"));
        Assert.False(bench.Runner.TryStart(RunnerBench.Order("late"), _render.RunAsync));
        Assert.Equal(1, _render.Runs);
    }

    [Fact]
    public async Task An_interrupted_render_starts_again_when_it_is_asked_for_again()
    {
        await using var bench = await StartedAsync();
        bench.Runner.TryStart(_order, _render.RunAsync);
        _render.End(new LocalRenderResult.Interrupted(Error, TimeSpan.FromSeconds(7)));
        var interrupted = await bench.StateAsync<LocalRenderState.Interrupted>(_order);
        Assert.Equal(bench.Time.GetUtcNow() + TimeSpan.FromSeconds(7), interrupted.RetryAt);
        var second = new ScriptedRender();

        bench.Runner.TryStart(_order, second.RunAsync);
        second.End();

        await bench.StateAsync<LocalRenderState.Stored>(_order);
    }

    [Fact]
    public async Task A_render_that_throws_fails_and_does_not_stop_the_next()
    {
        await using var bench = await StartedAsync(new LocalRenderOptions { MaxConcurrent = 1 });
        bench.Runner.TryStart(_order, _render.RunAsync);
        _render.Throw(new InvalidOperationException("A bug."));
        var second = new ScriptedRender();
        second.End();

        bench.Runner.TryStart(RunnerBench.Order("second"), second.RunAsync);

        Assert.Equal(GenerationErrorCode.RenderFailed, (await bench.StateAsync<LocalRenderState.Failed>(_order)).Error.Code);
        await bench.StateAsync<LocalRenderState.Stored>(RunnerBench.Order("second"));
    }

    [Fact]
    public async Task A_full_store_interrupts()
    {
        await using var bench = await StartedAsync();
        bench.Runner.TryStart(_order, _render.RunAsync);
        _render.Throw(new MediaStoreFullException());

        Assert.Equal(GenerationErrorCode.StorageFull, (await bench.StateAsync<LocalRenderState.Interrupted>(_order)).Error.Code);
    }

    [Fact]
    public async Task A_store_that_can_not_be_reached_interrupts()
    {
        await using var bench = await StartedAsync();
        bench.Runner.TryStart(_order, _render.RunAsync);
        _render.Throw(new MediaStoreUnavailableException("Away."));

        var interrupted = await bench.StateAsync<LocalRenderState.Interrupted>(_order);
        Assert.Equal(LocalRenderErrors.StorageAway, interrupted.Error);
    }

    [Fact]
    public async Task An_order_beyond_the_line_is_turned_away()
    {
        await using var bench = new RunnerBench(new LocalRenderOptions { MaxWaiting = 1 });

        Assert.True(bench.Runner.TryStart(_order, _render.RunAsync));
        Assert.False(bench.Runner.TryStart(RunnerBench.Order("late"), _render.RunAsync));
        Assert.Null(await bench.Runner.NextStateAsync(RunnerBench.Order("late"), TimeSpan.Zero, CancellationToken.None));
    }

    [Fact]
    public async Task Ends_are_forgotten_after_a_while()
    {
        await using var bench = await StartedAsync(new LocalRenderOptions { RememberFor = TimeSpan.FromMinutes(1) });
        await EndAsync(bench, "old");

        bench.Time.Advance(TimeSpan.FromMinutes(2));
        await EndAsync(bench, "new");

        Assert.Null(await bench.Runner.NextStateAsync(RunnerBench.Order("old"), TimeSpan.Zero, CancellationToken.None));
        Assert.NotNull(await bench.Runner.NextStateAsync(RunnerBench.Order("new"), TimeSpan.Zero, CancellationToken.None));
    }

    [Fact]
    public async Task No_more_ends_are_remembered_than_allowed()
    {
        await using var bench = await StartedAsync(new LocalRenderOptions { MaxRemembered = 2, MaxConcurrent = 1 });
        foreach (var id in (string[])["1", "2", "3", "4"])
        {
            await EndAsync(bench, id);
        }

        Assert.Null(await bench.Runner.NextStateAsync(RunnerBench.Order("2"), TimeSpan.Zero, CancellationToken.None));
        Assert.NotNull(await bench.Runner.NextStateAsync(RunnerBench.Order("3"), TimeSpan.Zero, CancellationToken.None));
    }

    [Fact]
    public async Task A_clock_that_is_set_back_or_forward_changes_neither_what_is_remembered_nor_when_it_is_tried_again()
    {
        var clock = new SetClock();
        await using var bench = new RunnerBench(new LocalRenderOptions { RememberFor = TimeSpan.FromMinutes(1) }, clock);
        await bench.StartAsync();
        await EndAsync(bench, "old");
        bench.Runner.TryStart(_order, _render.RunAsync);
        _render.End(new LocalRenderResult.Interrupted(Error, TimeSpan.FromSeconds(7)));
        await bench.StateAsync<LocalRenderState.Interrupted>(_order);

        clock.Wall -= TimeSpan.FromHours(1);
        clock.Even += TimeSpan.FromSeconds(5);
        Assert.Equal(TimeSpan.FromSeconds(2), (await bench.StateAsync<LocalRenderState.Interrupted>(_order)).RetryAfter);

        clock.Wall += TimeSpan.FromHours(2);
        await EndAsync(bench, "young");
        Assert.NotNull(await bench.Runner.NextStateAsync(RunnerBench.Order("old"), TimeSpan.Zero, CancellationToken.None));

        clock.Wall -= TimeSpan.FromHours(5);
        clock.Even += TimeSpan.FromMinutes(2);
        await EndAsync(bench, "new");
        Assert.Null(await bench.Runner.NextStateAsync(RunnerBench.Order("old"), TimeSpan.Zero, CancellationToken.None));
    }

    /// <summary>A wall clock that somebody sets, and an even one beside it.</summary>
    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Wall { get; set; } = DateTimeOffset.Parse("2026-11-23T10:00:00Z", null);

        public TimeSpan Even { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Wall;

        public override long GetTimestamp() => Even.Ticks;
    }

    private static async Task<RunnerBench> StartedAsync(LocalRenderOptions? options = null)
    {
        var bench = new RunnerBench(options);
        await bench.StartAsync();
        return bench;
    }

    private static async Task EndAsync(RunnerBench bench, string id)
    {
        var render = new ScriptedRender();
        render.End();
        bench.Runner.TryStart(RunnerBench.Order(id), render.RunAsync);
        await bench.StateAsync<LocalRenderState.Stored>(RunnerBench.Order(id));
    }
}
