using Orleans.Storage;
using VideoGen.Grains.Storage;

namespace VideoGen.Silo.Storage;

/// <summary>
/// Grain storage for a store that acknowledges a write before it is in its file. A write completes when it is in the file, and a
/// read returns only data that is: a write that timed out may still be in progress.
/// </summary>
internal sealed class CommittedGrainStorage(IGrainStorage storage, IStoreCommit store)
    : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>
{
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await storage.ReadStateAsync(stateName, grainId, grainState);
        if (grainState.RecordExists)
        {
            await store.WrittenAsync();
        }
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await storage.WriteStateAsync(stateName, grainId, grainState);
        await store.WrittenAsync();
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await storage.ClearStateAsync(stateName, grainId, grainState);
        await store.WrittenAsync();
    }

    public void Participate(ISiloLifecycle lifecycle) =>
        (storage as ILifecycleParticipant<ISiloLifecycle>)?.Participate(lifecycle);
}
