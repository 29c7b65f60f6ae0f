using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.RenderSlots;
using VideoGen.Grains.Timing;
using VideoGen.Grains.Webhooks;
using VideoGen.Testing;

namespace VideoGen.Grains.Tests.Timing;

/// <summary>
/// The clock on the wall is put back; what waits for seconds must not wait until it is as late again. Here grains see the
/// clock as it is; by more than a few minutes Orleans itself makes no new activation, which is what the time of the product
/// is steady for.
/// </summary>
public sealed class ClockTests : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(45);

    private readonly SettableClock _clock = new();
    private readonly ClusterFixture _cluster;

    public ClockTests() => _cluster = new ClusterFixture { Time = _clock };

    public ValueTask InitializeAsync() => _cluster.InitializeAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task A_pause_of_a_second_ends_after_a_second()
    {
        var budget = _cluster.Budget(Orders.NewId());
        await budget.PauseAsync(TimeSpan.FromSeconds(1), "The provider asked to slow down.");

        PutBack();

        var next = Orders.NewId();
        await Eventually.GetAsync(
            () => budget.RequestAsync(next, DateTimeOffset.UtcNow, isRunning: false),
            turn => turn.Standing is SlotStatus.Granted, turn => $"Still {turn}.").WaitAsync(Soon);
    }

    [Fact]
    public async Task A_silent_holder_is_asked_within_seconds()
    {
        var budget = _cluster.Budget(Orders.NewId());
        foreach (var dead in Enumerable.Range(0, 4).Select(_ => Orders.NewId()))
        {
            await budget.RequestAsync(dead, DateTimeOffset.UtcNow, isRunning: true);
        }

        PutBack();

        var next = Orders.NewId();
        await Eventually.GetAsync(
            () => budget.RequestAsync(next, DateTimeOffset.UtcNow, isRunning: false),
            turn => turn.Standing is SlotStatus.Granted, turn => $"Still {turn}.").WaitAsync(Soon);
    }

    [Fact]
    public async Task An_owner_may_order_again_as_soon_as_before()
    {
        _cluster.Limits.SubmitsPerMinute = 120;
        var allowance = _cluster.Allowance(Orders.NewId());
        await Eventually.GetAsync(
            () => allowance.TakeAsync(Orders.NewId(), 1), reply => reply.Refusal is not null, _ => "Nothing is refused.")
            .WaitAsync(Soon);

        PutBack();

        await Eventually.GetAsync(
            () => allowance.TakeAsync(Orders.NewId(), 1), reply => reply.Refusal is null, reply => $"Still {reply}.")
            .WaitAsync(Soon);
    }

    [Fact]
    public async Task A_webhook_is_tried_again_as_soon_as_before()
    {
        var url = $"https://shop.example/{Guid.NewGuid():N}";
        _cluster.Webhooks.Answer(url, time =>
        {
            if (time == 1)
            {
                PutBack();
            }

            return RecordedWebhooks.Status(time == 1 ? 500 : 200);
        });
        var id = Orders.NewId();
        await _cluster.Generation(id).SubmitAsync(_cluster.Backends.RequestFor(new ScriptedBackend()) with { WebhookUrl = url });

        await Eventually.GetAsync(
            () => _cluster.Webhook(id).GetAsync(), log => log?.Deliveries[0].Standing is WebhookStatus.Delivered,
            log => $"Still {log}.").WaitAsync(Soon);
    }

    [Fact]
    public async Task With_a_steady_time_new_activations_are_made_after_an_hour_back()
    {
        await using var steady = new ClusterFixture { Time = new SteadyTimeProvider(_clock) };
        await steady.InitializeAsync();

        _clock.Set(TimeSpan.FromHours(-1));

        var id = await steady.SubmitAsync(new ScriptedBackend()).WaitAsync(Soon);
        Assert.Equal(GenerationStatus.Completed, (await steady.UntilEndAsync(id).WaitAsync(Soon)).Status);
    }

    [Fact]
    public void A_steady_time_goes_on_when_the_clock_is_put_back_and_follows_it_forward()
    {
        var steady = new SteadyTimeProvider(_clock);
        var before = steady.GetUtcNow();

        _clock.Set(TimeSpan.FromHours(-1));
        Assert.InRange(steady.GetUtcNow() - before, TimeSpan.Zero, Soon);
        _clock.Set(TimeSpan.FromHours(3));

        Assert.InRange(steady.GetUtcNow() - before, TimeSpan.FromHours(2), TimeSpan.FromHours(2) + Soon);
    }

    private void PutBack() => _clock.Set(TimeSpan.FromMinutes(-5));
}
