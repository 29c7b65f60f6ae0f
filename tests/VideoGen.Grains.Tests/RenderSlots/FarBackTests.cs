using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.RenderSlots;
using VideoGen.Testing;

namespace VideoGen.Grains.Tests.RenderSlots;

/// <summary>Who is far back in the queue has no loop that waits; nobody must notice.</summary>
public sealed class FarBackTests : IAsyncLifetime
{
    private const int Generations = 280;

    /// <summary>One slot, so that the end of the queue is farther away than the next reminder.</summary>
    private readonly ClusterFixture _cluster = new() { Slots = 1 };

    private readonly TaskCompletionSource _open = new();
    private readonly ScriptedBackend _backend;
    private readonly List<string> _started = [];
    private readonly List<string> _ids = [];

    public FarBackTests() => _backend = new ScriptedBackend
    {
        Submit = async order =>
        {
            _started.Add(order.GenerationId);
            await _open.Task;
            return new SubmitOutcome.Accepted(new RenderJob("job"));
        },
    };

    private string Last => _ids[^1];

    public async ValueTask InitializeAsync()
    {
        await _cluster.InitializeAsync();
        for (var i = 0; i < Generations; i++)
        {
            _ids.Add(await _cluster.SubmitAsync(_backend));
        }

        var turn = await _cluster.Budget("scripted").RequestAsync(Last, DateTimeOffset.UtcNow, isRunning: false);
        Assert.True(turn.AskAfter > TimeSpan.FromMinutes(1), $"{turn} would not be parked.");
    }

    public ValueTask DisposeAsync()
    {
        _open.TrySetResult();
        return _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Each_has_its_turn_at_once_and_in_order()
    {
        Assert.Equal(Generations - 1, (await _cluster.Generation(Last).GetAsync())!.QueuePosition);

        _open.SetResult();

        // no reminder ticks so soon
        await Task.WhenAll(_ids.Select(_cluster.UntilEndAsync)).WaitAsync(TimeSpan.FromSeconds(45));
        Assert.Equal(_ids, _started);
    }

    [Fact]
    public async Task One_that_is_canceled_leaves_the_queue_at_once()
    {
        var canceled = await _cluster.Generation(Last).CancelAsync();

        Assert.Equal(GenerationStatus.Canceled, canceled!.Status);
        await Eventually.GetAsync(
            () => _cluster.Budget("scripted").RequestAsync("behind", DateTimeOffset.UtcNow, isRunning: false),
            turn => turn.Position == Generations - 1, turn => $"Still {turn}.");
        _open.SetResult();
        await Task.WhenAll(_ids.Select(_cluster.UntilEndAsync)).WaitAsync(TimeSpan.FromSeconds(45));
        Assert.DoesNotContain(Last, _started);
    }

    [Fact]
    public async Task A_poke_brings_them_back_into_a_queue_that_was_lost()
    {
        await _cluster.DeactivateAsync(_cluster.Budget("scripted"));
        foreach (var id in _ids)
        {
            await _cluster.Generation(id).PokeAsync();
        }

        _open.SetResult();

        await Task.WhenAll(_ids.Select(_cluster.UntilEndAsync)).WaitAsync(TimeSpan.FromSeconds(45));
        Assert.All(_ids, id => Assert.Equal(1, _backend.SubmitsOf(id)));
    }

    [Fact]
    public async Task One_whose_grant_was_lost_is_woken_at_once()
    {
        var (budget, holder) = (_cluster.Budget("scripted"), _ids[200]);
        await _cluster.DeactivateAsync(budget);
        _cluster.Storage.Seed(budget.GetGrainId(), "budget", new RenderSlotState { Holders = [holder] });
        await budget.RequestAsync("behind", DateTimeOffset.UtcNow, isRunning: false);

        await Eventually.TrueAsync(() => _started.Contains(holder), "The holder does not know of its slot.")
            .WaitAsync(TimeSpan.FromSeconds(45));    // no reminder ticks so soon
    }

    [Fact]
    public async Task A_new_one_does_not_pass_them_when_the_queue_is_lost()
    {
        await _cluster.DeactivateAsync(_cluster.Budget("scripted"));
        var late = await _cluster.SubmitAsync(_backend);
        _open.SetResult();
        await _cluster.UntilEndAsync(_ids[0]);
        for (var asked = 0; asked < 20; asked++)
        {
            await Task.Delay(50);
            var turn = await _cluster.Budget("scripted").RequestAsync(late, DateTimeOffset.UtcNow, isRunning: false);
            Assert.Equal(SlotStatus.Waiting, turn.Standing);
        }

        foreach (var id in _ids)
        {
            await _cluster.Generation(id).PokeAsync();
        }

        await Task.WhenAll(_ids.Append(late).Select(_cluster.UntilEndAsync)).WaitAsync(TimeSpan.FromSeconds(45));
        Assert.Equal(late, _started[^1]);
    }
}
