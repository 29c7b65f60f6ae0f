namespace VideoGen.Api.EmbeddedStore;

/// <summary>Where the embedded store keeps its files, and how many.</summary>
internal sealed record EmbeddedStoreOptions(string DataDirectory)
{
    /// <summary>
    /// Files of 64 MB that the main log may have before a checkpoint rewrites it without what is outdated. Live data beyond them
    /// is rewritten at every checkpoint: then it is time for a Redis server.
    /// </summary>
    public int LogSegments { get; init; } = 32;
}
