using VideoGen.Grains.Media;

namespace VideoGen.Api.EmbeddedStore;

/// <summary>The embedded store shares the disk with the media: neither may be short of room when something new comes in.</summary>
internal sealed class StoreHeadroom(DiskHeadroom disk, EmbeddedStoreHost store) : IStorageHeadroom
{
    public bool HasRoom => disk.HasRoom && !store.IsFull;
}
