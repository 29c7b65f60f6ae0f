namespace VideoGen.Grains.History;

[GrainType("videogen.history-chunk")]
internal sealed class HistoryChunkGrain(
    [PersistentState("chunk")] IPersistentState<HistoryChunk> state) : Grain, IHistoryChunkGrain
{
    private HistoryChunk _chunk = new();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _chunk = state.State;
        return Task.CompletedTask;
    }

    public Task SealAsync(HistoryChunk chunk) => SaveAsync(chunk);

    public Task<HistoryChunk> GetAsync() => Task.FromResult(_chunk);

    public async Task<bool> RemoveAsync(string generationId)
    {
        var left = _chunk.Entries.RemoveAll(entry => entry.GenerationId == generationId);
        if (left.Length == _chunk.Entries.Length)
        {
            return false;
        }

        await SaveAsync(_chunk with { Entries = left });
        return true;
    }

    private async Task SaveAsync(HistoryChunk chunk)
    {
        state.State = chunk;
        try
        {
            await state.WriteStateAsync();
            _chunk = chunk;
        }
        catch
        {
            state.State = _chunk;
            throw;
        }
    }
}
