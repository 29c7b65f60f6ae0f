namespace VideoGen.Api.EmbeddedStore;

/// <summary>Where the embedded store keeps its files and how much room it wants on that disk, in bytes.</summary>
internal sealed record EmbeddedStoreOptions(string DataDirectory)
{
    /// <summary>Below this, new work should be refused: what runs must still be able to end, and a checkpoint to be written.</summary>
    public long Headroom { get; init; } = 256L << 20;

    /// <summary>
    /// Files of 64 MB that the main log may have before a checkpoint rewrites it without what is outdated. Live data beyond them
    /// is rewritten at every checkpoint: then it is time for a Redis server.
    /// </summary>
    public int LogSegments { get; init; } = 32;
}
