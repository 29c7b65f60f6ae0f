using System.Collections.Concurrent;
using System.Security.Cryptography;
using VideoGen.Grains.Media;

namespace VideoGen.Silo.Tests;

/// <summary>A media store in memory that keeps the promise of the port: whole files, or nothing.</summary>
internal sealed class MemoryMediaStore : IMediaStore
{
    private readonly ConcurrentDictionary<(MediaKind, string), byte[]> _files = new();

    public bool IsFull { get; set; }

    /// <summary>Whether it cannot be reached, as a store on another machine.</summary>
    public bool IsAway { get; set; }

    public void Put(MediaKind kind, string name, byte[] bytes) => _files[(kind, name)] = bytes;

    public byte[]? Get(MediaKind kind, string name) => _files.GetValueOrDefault((kind, name));

    public Task<bool> ExistsAsync(MediaKind kind, string name, CancellationToken cancellationToken) =>
        IsAway ? throw new MediaStoreUnavailableException("Away.") : Task.FromResult(_files.ContainsKey((kind, name)));

    public Task<MediaContent?> OpenAsync(MediaKind kind, string name, CancellationToken cancellationToken) =>
        IsAway ? throw new MediaStoreUnavailableException("Away.")
        : Task.FromResult(_files.TryGetValue((kind, name), out var bytes)
            ? new MediaContent(
                null, (offset, length, _) => Task.FromResult<Stream>(new MemoryStream(bytes, (int)offset, (int)length)),
                bytes.Length, DateTimeOffset.UnixEpoch, Hash(bytes))
            : null);

    public async Task<StoredMedia> SaveAsync(MediaKind kind, string name, Func<Stream, CancellationToken, Task> write,
        CancellationToken cancellationToken)
    {
        if (IsFull)
        {
            throw new MediaStoreFullException();
        }

        if (IsAway)
        {
            throw new MediaStoreUnavailableException("Away.");
        }

        using var memory = new MemoryStream();
        await write(memory, cancellationToken);
        var bytes = memory.ToArray();
        Put(kind, name, bytes);
        return new StoredMedia(name, bytes.Length, Hash(bytes));
    }

    public async Task<StoredMedia> SaveAsync(MediaKind kind, string name, ScratchFile file, CancellationToken cancellationToken)
    {
        if (IsAway)
        {
            throw new MediaStoreUnavailableException("Away.");
        }

        var bytes = await File.ReadAllBytesAsync(file.Path, cancellationToken);
        Put(kind, name, bytes);
        return new StoredMedia(name, bytes.Length, Hash(bytes));
    }

    public Task<MediaLease?> LeaseAsync(MediaKind kind, string name, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ScratchFile CreateScratch(string extension) =>
        new(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + extension));

    public Task DeleteAsync(MediaKind kind, string name, CancellationToken cancellationToken)
    {
        _files.TryRemove((kind, name), out _);
        return Task.CompletedTask;
    }

    public IAsyncEnumerable<string> ListAsync(MediaKind kind, DateTimeOffset notAfter, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
