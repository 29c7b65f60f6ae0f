using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Media;

namespace VideoGen.Silo.Media.S3;

/// <summary>
/// A media store in a bucket, with one prefix per kind. A file is completed on the scratch disk first and uploaded in one
/// request, which every S3 implementation applies atomically: a broken upload leaves nothing behind.
/// </summary>
internal sealed class S3MediaStore(S3Bucket bucket, IOptions<MediaOptions> options) : IMediaStore, IDisposable
{
    private readonly ScratchDirectory _scratch = new(Path.Combine(options.Value.MediaDirectory, "scratch"));

    public async Task<bool> ExistsAsync(MediaKind kind, string name, CancellationToken cancellationToken) =>
        MediaName.IsWellFormed(name) && await bucket.FindAsync(KeyOf(kind, name), cancellationToken) is not null;

    public async Task<MediaContent?> OpenAsync(MediaKind kind, string name, CancellationToken cancellationToken)
    {
        if (!MediaName.IsWellFormed(name) || await bucket.FindAsync(KeyOf(kind, name), cancellationToken) is not { } found)
        {
            return null;
        }

        return new MediaContent(
            PhysicalPath: null,
            (offset, length, token) => bucket.ReadAsync(KeyOf(kind, name), found.ETag, offset, length, token),
            found.ContentLength,
            found.LastModified!.Value.ToUniversalTime(),
            found.ETag.Trim('"'));
    }

    public async Task<StoredMedia> SaveAsync(MediaKind kind, string name, Func<Stream, CancellationToken, Task> write,
        CancellationToken cancellationToken)
    {
        var key = KeyOf(kind, name);
        using var scratch = CreateScratch(Path.GetExtension(name));
        try
        {
            await using var content = HashedFile.Create(scratch);
            var hash = await HashedFile.WriteAsync(content, write, cancellationToken);
            return await PutAsync(key, name, content, hash, cancellationToken);
        }
        catch (IOException exception) when (DiskFull.Caused(exception))
        {
            throw new MediaStoreFullException(exception);
        }
    }

    public async Task<StoredMedia> SaveAsync(MediaKind kind, string name, ScratchFile file, CancellationToken cancellationToken)
    {
        var key = KeyOf(kind, name);
        await using var content = HashedFile.Open(file);
        var hash = await HashedFile.HashAsync(content, cancellationToken);
        var stored = await PutAsync(key, name, content, hash, cancellationToken);
        File.Delete(file.Path);
        return stored;
    }

    public async Task<MediaLease?> LeaseAsync(MediaKind kind, string name, CancellationToken cancellationToken)
    {
        if (await OpenAsync(kind, name, cancellationToken) is not { } content)
        {
            return null;
        }

        var copy = CreateScratch(Path.GetExtension(name));
        try
        {
            await using var file = HashedFile.Create(copy);
            await using var body = await content.OpenRead(cancellationToken);
            await body.CopyToAsync(file, cancellationToken);
            return new MediaLease(copy.Path, copy.Dispose);
        }
        catch (IOException exception) when (DiskFull.Caused(exception))
        {
            copy.Dispose();
            throw new MediaStoreFullException(exception);
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    public async IAsyncEnumerable<string> ListAsync(
        MediaKind kind, DateTimeOffset notAfter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var folder = FolderOf(kind);
        await foreach (var (key, modified) in bucket.ListAsync(folder, cancellationToken))
        {
            if (key[folder.Length..] is var name && MediaName.IsWellFormed(name) && modified <= notAfter)
            {
                yield return name;
            }
        }
    }

    public ScratchFile CreateScratch(string extension) => _scratch.Create(extension);

    public Task DeleteAsync(MediaKind kind, string name, CancellationToken cancellationToken) =>
        MediaName.IsWellFormed(name) ? bucket.DeleteAsync(KeyOf(kind, name), cancellationToken) : Task.CompletedTask;

    public void Dispose() => _scratch.Dispose();

    private async Task<StoredMedia> PutAsync(
        string key, string name, FileStream content, byte[] hash, CancellationToken cancellationToken)
    {
        content.Position = 0;
        var sha256 = Convert.ToHexStringLower(hash);
        await bucket.WriteAsync(key, content, sha256, cancellationToken);
        return new StoredMedia(name, content.Length, sha256);
    }

    private static string KeyOf(MediaKind kind, string name) => MediaName.IsWellFormed(name)
        ? FolderOf(kind) + name
        : throw new ArgumentException("The media name is malformed.", nameof(name));

    private static string FolderOf(MediaKind kind) => kind switch
    {
        MediaKind.Upload => "uploads/",
        MediaKind.Video => "videos/",
        MediaKind.Original => "originals/",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "The media kind is unknown."),
    };
}
