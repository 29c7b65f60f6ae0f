namespace VideoGen.Grains.Media;

/// <summary>The kinds of stored files.</summary>
public enum MediaKind
{
    /// <summary>Character pictures, served under <c>/uploads</c>.</summary>
    Upload,

    /// <summary>Videos and posters, served under <c>/videos</c>.</summary>
    Video,

    /// <summary>Videos as a backend returned them, before they are converted to the requested shape; never served.</summary>
    Original,
}

/// <summary>A file that is durably stored: its name, size in bytes and SHA-256 (lower-case hex).</summary>
[GenerateSerializer, Immutable, Alias("videogen.stored-media")]
public sealed record StoredMedia(string Name, long Bytes, string Sha256);

/// <summary>
/// A file to serve. <paramref name="PhysicalPath"/> is set when it is on a local disk. <paramref name="OpenRange"/> opens a plain
/// stream at an offset, from which at most the given number of bytes is read; a remote store is asked for only these. <paramref
/// name="ETag"/> is the opaque tag without quotes (RFC 9110 §8.8.3).
/// </summary>
public sealed record MediaContent(
    string? PhysicalPath, Func<long, long, CancellationToken, Task<Stream>> OpenRange, long Length, DateTimeOffset LastModified,
    string ETag)
{
    /// <summary>Opens the whole file.</summary>
    public Task<Stream> OpenRead(CancellationToken cancellationToken) => OpenRange(0, Length, cancellationToken);
}

/// <summary>A stored file that tools can read at <see cref="Path"/> until it is disposed.</summary>
public sealed class MediaLease(string path, Action? release = null) : IDisposable
{
    /// <summary>The local path.</summary>
    public string Path { get; } = path;

    /// <inheritdoc/>
    public void Dispose() => release?.Invoke();
}

/// <summary>A private file on the store's own disk; deleted when disposed unless it was moved into the store.</summary>
public sealed class ScratchFile(string path) : IDisposable
{
    /// <summary>The local path; the file does not exist yet.</summary>
    public string Path { get; } = path;

    /// <inheritdoc/>
    public void Dispose() => File.Delete(Path);
}

/// <summary>The media store has no free space; it may have some later.</summary>
public sealed class MediaStoreFullException(Exception? inner = null) : IOException("The media store is full.", inner);

/// <summary>A remote media store did not respond, or responded with an error; it may recover.</summary>
public sealed class MediaStoreUnavailableException(string message, Exception? inner = null) : IOException(message, inner);
