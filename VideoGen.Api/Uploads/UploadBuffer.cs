using VideoGen.Grains.Media;

namespace VideoGen.Api.Uploads;

/// <summary>
/// Buffers an upload while it arrives: the beginning in memory, the rest on the scratch disk. A slow client thus takes only a
/// connection; memory is taken when the picture is complete.
/// </summary>
internal sealed class UploadBuffer(IMediaStore media, IStorageHeadroom headroom) : IAsyncDisposable
{
    /// <summary>A content up to this size takes no scratch file.</summary>
    public const int InMemory = 64 * 1024;

    private readonly MemoryStream _beginning = new();
    private ScratchFile? _scratch;
    private FileStream? _rest;

    public long Length { get; private set; }

    public async ValueTask AddAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        Length += bytes.Length;
        if (Length <= InMemory)
        {
            _beginning.Write(bytes.Span);
            return;
        }

        if (!headroom.HasRoom)
        {
            throw new MediaStoreFullException();    // many concurrent uploads can fill the disk together
        }

        try
        {
            _rest ??= Open();
            await _rest.WriteAsync(bytes, cancellationToken);
        }
        catch (IOException exception) when (DiskFull.Caused(exception))
        {
            throw new MediaStoreFullException(exception);
        }
    }

    /// <summary>Returns the whole content.</summary>
    public async Task<Memory<byte>> ReadAsync(CancellationToken cancellationToken)
    {
        if (_rest is null)
        {
            return _beginning.GetBuffer().AsMemory(0, (int)_beginning.Length);
        }

        var all = new byte[Length];
        var beginning = (int)_beginning.Length;
        _beginning.GetBuffer().AsSpan(0, beginning).CopyTo(all);
        _rest.Position = 0;
        await _rest.ReadExactlyAsync(all.AsMemory(beginning), cancellationToken);
        return all;
    }

    public async ValueTask DisposeAsync()
    {
        if (_rest is not null)
        {
            await _rest.DisposeAsync();
        }

        _scratch?.Dispose();
    }

    private FileStream Open()
    {
        _scratch = media.CreateScratch(".upload");
        return new FileStream(
            _scratch.Path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, useAsync: true);
    }
}
