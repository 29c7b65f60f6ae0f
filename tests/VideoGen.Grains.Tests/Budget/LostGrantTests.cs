using VideoGen.Grains.Contracts;
using VideoGen.Testing;

namespace VideoGen.Grains.Tests.Budget;

/// <summary>A grant that was stored, and of which nobody learned because the answer of the store was lost.</summary>
public sealed class LostGrantTests : IAsyncLifetime
{
    private readonly ClusterFixture _cluster = new() { Slots = 1 };

    public ValueTask InitializeAsync() => _cluster.InitializeAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Its_slot_is_free_again()
    {
        var backend = new ScriptedBackend();
        _cluster.Storage.FailAfterWrite("scripted");
        await Assert.ThrowsAnyAsync<Exception>(() => _cluster.SubmitAsync(backend));
        await Assert.ThrowsAnyAsync<Exception>(() => _cluster.SubmitAsync(backend));    // the budget finds that it is behind the store

        var id = await _cluster.SubmitAsync(backend);

        Assert.Equal(GenerationStatus.Completed, (await _cluster.UntilEndAsync(id)).Status);
    }
}
