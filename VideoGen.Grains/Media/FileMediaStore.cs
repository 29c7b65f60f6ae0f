using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;

namespace VideoGen.Grains.Media;

/// <summary>A media store of plain files, with one directory per kind; several processes may share it.</summary>
public sealed class FileMediaStore : IMediaStore, IDisposable
{
    private readonly string _root;
    private readonly ScratchDirectory _scratch;

    /// <summary>Creates missing directories and removes the scratch files of processes that have ended.</summary>
    public FileMediaStore(IOptions<MediaOptions> options)
    {
        _root = options.Value.MediaDirectory;
        foreach (var kind in Enum.GetValues<MediaKind>())
        {
            Directory.CreateDirectory(DirectoryOf(kind));
        }

        DurableDirectory.Flush(_root);
        DurableDirectory.Flush(Path.GetDirectoryName(_root)!);
        _scratch = new ScratchDirectory(Path.Combine(_root, "scratch"));
    }

    /// <inheritdoc/>
    public Task<bool> ExistsAsync(MediaKind kind, string name, CancellationToken cancellationToken) =>
        Task.FromResult(Find(kind, name) is not null);

    /// <inheritdoc/>
    public Task<MediaContent?> OpenAsync(MediaKind kind, string name, CancellationToken cancellationToken) =>
        Task.FromResult(Find(kind, name) is { } file ? Describe(file) : null);

    /// <inheritdoc/>
    public Task<MediaLease?> LeaseAsync(MediaKind kind, string name, CancellationToken cancellationToken) =>
        Task.FromResult(Find(kind, name) is { } file ? new MediaLease(file.FullName) : null);

    /// <inheritdoc/>
    public async Task<StoredMedia> SaveAsync(MediaKind kind, string name, Func<Stream, CancellationToken, Task> write,
        CancellationToken cancellationToken)
    {
        var target = PathOf(kind, name);
        using var scratch = CreateScratch(Path.GetExtension(name));
        try
        {
            await using var file = HashedFile.Create(scratch);
            var hash = await HashedFile.WriteAsync(file, write, cancellationToken);
            return await PublishAsync(file, scratch, target, hash, cancellationToken);
        }
        catch (Exception exception) when (DiskFull.Caused(exception))
        {
            throw new MediaStoreFullException(exception);
        }
    }

    /// <inheritdoc/>
    public async Task<StoredMedia> SaveAsync(MediaKind kind, string name, ScratchFile file, CancellationToken cancellationToken)
    {
        var target = PathOf(kind, name);
        try
        {
            await using var content = HashedFile.Open(file);
            var hash = await HashedFile.HashAsync(content, cancellationToken);
            return await PublishAsync(content, file, target, hash, cancellationToken);
        }
        catch (Exception exception) when (DiskFull.Caused(exception))
        {
            throw new MediaStoreFullException(exception);
        }
    }

    /// <inheritdoc/>
    public ScratchFile CreateScratch(string extension) => _scratch.Create(extension);

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ListAsync(
        MediaKind kind, DateTimeOffset notAfter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Listing reads only a directory, incrementally; it must not run on the thread of a caller with other work.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        foreach (var file in new DirectoryInfo(DirectoryOf(kind)).EnumerateFiles())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (MediaName.IsWellFormed(file.Name) && file.LastWriteTimeUtc <= notAfter.UtcDateTime)
            {
                yield return file.Name;
            }
        }
    }

    /// <inheritdoc/>
    public Task DeleteAsync(MediaKind kind, string name, CancellationToken cancellationToken)
    {
        Find(kind, name)?.Delete();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => _scratch.Dispose();

    private static MediaContent Describe(FileInfo file) => new(
        file.FullName,
        (offset, _, _) => Task.FromResult<Stream>(new FileStream(
            file.FullName, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, useAsync: true)
        {
            Position = offset,
        }),
        file.Length,
        file.LastWriteTimeUtc,
        $"{file.LastWriteTimeUtc.Ticks:x}-{file.Length:x}");

    /// <summary>Content, name, directory, in this order: after a power failure the file is complete or missing.</summary>
    private static Task<StoredMedia> PublishAsync(
        FileStream content, ScratchFile file, string target, byte[] hash, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            var bytes = content.Length;
            RandomAccess.FlushToDisk(content.SafeFileHandle);
            content.Dispose();
            File.Move(file.Path, target, overwrite: true);
            DurableDirectory.Flush(Path.GetDirectoryName(target)!);
            return new StoredMedia(Path.GetFileName(target), bytes, Convert.ToHexStringLower(hash));
        },
        cancellationToken);

    private FileInfo? Find(MediaKind kind, string name) =>
        MediaName.IsWellFormed(name) && new FileInfo(PathOf(kind, name)) is { Exists: true } file ? file : null;

    private string PathOf(MediaKind kind, string name) => MediaName.IsWellFormed(name)
        ? Path.Combine(DirectoryOf(kind), name)
        : throw new ArgumentException("The media name is malformed.", nameof(name));

    private string DirectoryOf(MediaKind kind) => Path.Combine(_root, kind switch
    {
        MediaKind.Upload => "uploads",
        MediaKind.Video => "videos",
        MediaKind.Original => "originals",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "The media kind is unknown."),
    });
}
