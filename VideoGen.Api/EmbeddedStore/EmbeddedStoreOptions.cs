namespace VideoGen.Api.EmbeddedStore;

/// <summary>Options of the embedded store.</summary>
internal sealed record EmbeddedStoreOptions(string DataDirectory)
{
    /// <summary>
    /// The number of 64 MB files that the main log may have before a checkpoint compacts it. Live data beyond that is rewritten
    /// at every checkpoint: use a Redis server then.
    /// </summary>
    public int LogSegments { get; init; } = 32;
}
