namespace VideoGen.Grains.Media;

/// <summary>
/// Keeps uploads, films, posters and originals by kind and name. Names are made by us (<see cref="MediaName"/>), never by a client;
/// a name that is not well-formed is simply not found. What is stored never changes under its name. Every write is atomic: it is
/// durable and whole, or not there. A store without room throws <see cref="MediaStoreFullException"/>, one that cannot be
/// reached <see cref="MediaStoreUnavailableException"/>.
/// </summary>
public interface IMediaStore
{
    /// <summary>Whether there is such a file.</summary>
    Task<bool> ExistsAsync(MediaKind kind, string name, CancellationToken cancellationToken);

    /// <summary>Opens a file for serving; null when there is none.</summary>
    Task<MediaContent?> OpenAsync(MediaKind kind, string name, CancellationToken cancellationToken);

    /// <summary>Stores what <paramref name="write"/> writes; an exception from it leaves nothing behind.</summary>
    Task<StoredMedia> SaveAsync(MediaKind kind, string name, Func<Stream, CancellationToken, Task> write,
        CancellationToken cancellationToken);

    /// <summary>Moves a finished scratch file into the store, replacing one of the same name.</summary>
    Task<StoredMedia> SaveAsync(MediaKind kind, string name, ScratchFile file, CancellationToken cancellationToken);

    /// <summary>A local path at which tools can read the file until the lease is disposed; null when there is none.</summary>
    Task<MediaLease?> LeaseAsync(MediaKind kind, string name, CancellationToken cancellationToken);

    /// <summary>A new, empty, private place for a file that tools write; disposing it deletes what is still there.</summary>
    ScratchFile CreateScratch(string extension);

    /// <summary>
    /// The names of the files of a kind that were stored at that time or before, in no order and one after the other: there may be
    /// hundreds of thousands. Files that come and go meanwhile may be missing.
    /// </summary>
    IAsyncEnumerable<string> ListAsync(MediaKind kind, DateTimeOffset notAfter, CancellationToken cancellationToken);

    /// <summary>Deletes a file; a missing one is ignored.</summary>
    Task DeleteAsync(MediaKind kind, string name, CancellationToken cancellationToken);
}
