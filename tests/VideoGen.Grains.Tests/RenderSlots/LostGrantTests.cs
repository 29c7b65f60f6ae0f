using VideoGen.Grains.Generations.Contract;
using VideoGen.Testing;

namespace VideoGen.Grains.Tests.RenderSlots;

/// <summary>A grant that was stored, and of which nobody learned because the answer of the store was lost.</summary>
public sealed class LostGrantTests : IAsyncLifetime
{
    private readonly ClusterFixture _cluster = new() { Slots = 1 };

    public ValueTask InitializeAsync() => _cluster.InitializeAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task It_is_found_again_and_counts()
    {
        var backend = new ScriptedBackend();
        _cluster.Storage.FailAfterWrite("scripted");

        var ids = new[] { await _cluster.SubmitAsync(backend), await _cluster.SubmitAsync(backend) };

        foreach (var id in ids)
        {
            Assert.Equal(GenerationStatus.Completed, (await _cluster.UntilEndAsync(id)).Status);
        }

        Assert.Equal(1, backend.MostInFlight);
    }

    [Fact]
    public async Task A_write_that_was_not_carried_out_grants_nothing_and_loses_nobody()
    {
        var backend = new ScriptedBackend();
        _cluster.Storage.FailWrites("scripted", 1);
        await Assert.ThrowsAnyAsync<Exception>(() => _cluster.SubmitAsync(backend));

        var id = await _cluster.SubmitAsync(backend);

        Assert.Equal(GenerationStatus.Completed, (await _cluster.UntilEndAsync(id)).Status);
    }
}
