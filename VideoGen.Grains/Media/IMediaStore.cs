namespace VideoGen.Grains.Media;

/// <summary>
/// Stores uploads, videos, posters and originals by kind and name. We create all names (<see cref="MediaName"/>), never a client;
/// a malformed name is not found. Stored content never changes under its name. Every write is atomic: the file is complete and
/// durable, or does not exist. A store without free space throws <see cref="MediaStoreFullException"/>, an unreachable one <see
/// cref="MediaStoreUnavailableException"/>.
/// </summary>
public interface IMediaStore
{
    /// <summary>Whether the file exists.</summary>
    Task<bool> ExistsAsync(MediaKind kind, string name, CancellationToken cancellationToken);

    /// <summary>Opens a file for serving; null when it does not exist.</summary>
    Task<MediaContent?> OpenAsync(MediaKind kind, string name, CancellationToken cancellationToken);

    /// <summary>Stores what <paramref name="write"/> writes; if it throws, nothing is left behind.</summary>
    Task<StoredMedia> SaveAsync(MediaKind kind, string name, Func<Stream, CancellationToken, Task> write,
        CancellationToken cancellationToken);

    /// <summary>Moves a finished scratch file into the store, replacing a file with the same name.</summary>
    Task<StoredMedia> SaveAsync(MediaKind kind, string name, ScratchFile file, CancellationToken cancellationToken);

    /// <summary>A local path at which tools can read the file until the lease is disposed; null when it does not exist.</summary>
    Task<MediaLease?> LeaseAsync(MediaKind kind, string name, CancellationToken cancellationToken);

    /// <summary>A new private path for a file that tools write; disposing it deletes the file if it still exists.</summary>
    ScratchFile CreateScratch(string extension);

    /// <summary>
    /// The names of the files of a kind that were stored at or before this time, unordered and as a stream: there may be hundreds
    /// of thousands. Files that are added or removed during the enumeration may be missing.
    /// </summary>
    IAsyncEnumerable<string> ListAsync(MediaKind kind, DateTimeOffset notAfter, CancellationToken cancellationToken);

    /// <summary>Deletes a file; a missing one is ignored.</summary>
    Task DeleteAsync(MediaKind kind, string name, CancellationToken cancellationToken);
}
