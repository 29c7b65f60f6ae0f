using Microsoft.Extensions.Options;
using VideoGen.Grains.Contracts;
using VideoGen.Silo.Inference.LocalRenders;
using VideoGen.Silo.Tests.Doubles;
using VideoGen.Testing;

namespace VideoGen.Silo.Tests.Inference.LocalRenders;

/// <summary>The clock on the wall is put back by an hour.</summary>
public sealed class ClockTests
{
    private readonly SettableTime _time = new(DateTimeOffset.Parse("2026-11-29T12:00:00Z", null));

    [Fact]
    public async Task An_interrupted_render_is_worth_another_start_after_its_seconds()
    {
        await using var bench = new RunnerBench(time: _time);
        await bench.StartAsync();
        var render = new ScriptedRender();
        bench.Runner.TryStart(RunnerBench.Order(), render.RunAsync);
        render.End(new LocalRenderResult.Interrupted(Orders.Error(GenerationErrorCode.StorageFull), TimeSpan.FromSeconds(7)));
        await bench.StateAsync<LocalRenderState.Interrupted>(RunnerBench.Order());

        _time.SetClock(TimeSpan.FromHours(-1));
        _time.Advance(TimeSpan.FromSeconds(4));
        var waiting = await bench.StateAsync<LocalRenderState.Interrupted>(RunnerBench.Order());
        Assert.Equal(TimeSpan.FromSeconds(3), waiting.RetryIn);
        _time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(TimeSpan.Zero, (await bench.StateAsync<LocalRenderState.Interrupted>(RunnerBench.Order())).RetryIn);
    }

    [Fact]
    public void A_render_that_is_over_is_forgotten_after_its_time()
    {
        var table = new LocalRenderTable(Options.Create(new LocalRenderOptions()), _time);
        var (first, second) = (Job("first"), Job("second"));
        table.TryAdd(first, _ => true);
        table.Remember(first);

        _time.SetClock(TimeSpan.FromHours(-1));
        _time.Advance(new LocalRenderOptions().RememberFor + TimeSpan.FromSeconds(1));
        table.TryAdd(second, _ => true);

        Assert.False(table.TryGet(first.Order, out _));
        Assert.True(table.TryGet(second.Order, out _));
    }

    private static LocalRenderJob Job(string id) => new(RunnerBench.Order(id), new ScriptedRender().RunAsync);
}
