using Orleans.Storage;
using VideoGen.Grains.Storage;

namespace VideoGen.Silo.Storage;

/// <summary>
/// Grain state in a store that answers first and writes its file then: a write ends when it is on the file, and a read shows
/// nothing that is not, since a write that ran into a timeout may still be on its way.
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
