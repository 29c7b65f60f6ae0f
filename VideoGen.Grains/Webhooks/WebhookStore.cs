using VideoGen.Grains.Storage;

namespace VideoGen.Grains.Webhooks;

/// <summary>Reads and writes the webhooks of one generation. A failed write ends the activation.</summary>
internal sealed class WebhookStore(IPersistentState<WebhookState> state, Action deactivate) : IDisposable
{
    /// <summary>Requests and the loop change the same state and the same reminder: one at a time.</summary>
    private readonly SemaphoreSlim _turn = new(1);

    public WebhookState Current => state.State;

    public async Task ExclusivelyAsync(Func<Task> change)
    {
        await _turn.WaitAsync();
        try
        {
            await change();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Stores the next state if it is another one.</summary>
    public Task SaveAsync(WebhookState next) =>
        ReferenceEquals(next, state.State) ? Task.CompletedTask : state.SaveAsync(next, deactivate);

    public Task ClearAsync() => state.ClearStateAsync();

    public void Dispose() => _turn.Dispose();
}
