using VideoGen.Grains.Media;

namespace VideoGen.Api.EmbeddedStore;

/// <summary>The embedded store shares the disk with the media. New requests need free space for both.</summary>
internal sealed class StoreHeadroom(DiskHeadroom disk, EmbeddedStoreHost store) : IStorageHeadroom
{
    public bool HasRoom => disk.HasRoom && !store.IsFull;
}
