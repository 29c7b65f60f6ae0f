namespace VideoGen.Api.EmbeddedStore;

/// <summary>What can be expected of the embedded store right now.</summary>
internal enum StoreCondition
{
    /// <summary>It keeps what it is given.</summary>
    Ready,

    /// <summary>It works, but the disk is nearly full: refuse new work.</summary>
    ShortOfRoom,

    /// <summary>Writes wait for room on the disk, and their callers run into their time limits.</summary>
    Full,
}
