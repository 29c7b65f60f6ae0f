using Orleans.Concurrency;

namespace VideoGen.Grains.History;

/// <summary>One sealed chunk of a history; the key is <c>{owner}/{number}</c>.</summary>
[GrainInterfaceType("videogen.history-chunk")]
internal interface IHistoryChunkGrain : IGrainWithStringKey
{
    /// <summary>Stores the chunk; repeating it after a crash between this write and the head's write is harmless.</summary>
    [Alias("seal")]
    Task SealAsync(HistoryChunk chunk);

    /// <summary>The chunk; empty when it was never sealed.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<HistoryChunk> GetAsync();

    /// <summary>Removes an entry, and returns whether it existed.</summary>
    [Alias("remove")]
    Task<bool> RemoveAsync(string generationId);
}
