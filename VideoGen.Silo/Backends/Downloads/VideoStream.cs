using VideoGen.Silo.Video;

namespace VideoGen.Silo.Backends.Downloads;

/// <summary>
/// Copies a film that comes over the network: checks that it is one before a byte is written, and stops at a size and after a
/// time without news. What the network does wrong is thrown as <see cref="VideoStreamException"/>, so that it is not taken for a
/// bad disk.
/// </summary>
internal sealed class VideoStream(Stream source, long mostBytes, TimeSpan idle, TimeProvider time)
{
    private readonly byte[] _buffer = new byte[80 * 1024];
    private int _buffered;

    /// <summary>Reads the beginning; throws when it is not that of a film.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        while (_buffered < VideoContainer.SignatureLength
            && await ReadAsync(_buffer.AsMemory(_buffered), cancellationToken) is > 0 and var read)
        {
            _buffered += read;
        }

        if (VideoContainer.Of(_buffer.AsSpan(0, _buffered)) is null)
        {
            throw new VideoStreamException(VideoFault.NotAVideo, null);
        }
    }

    public async Task CopyToAsync(Stream target, CancellationToken cancellationToken)
    {
        var total = 0L;
        for (var count = _buffered; count > 0; count = await ReadAsync(_buffer, cancellationToken))
        {
            total += count;
            if (total > mostBytes)
            {
                throw new VideoStreamException(VideoFault.TooLarge, null);
            }

            await target.WriteAsync(_buffer.AsMemory(0, count), cancellationToken);
        }
    }

    private async Task<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(idle, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await source.ReadAsync(buffer, either.Token);
        }
        catch (InvalidDataException error)
        {
            // It was packed, and cannot be unpacked.
            throw new VideoStreamException(VideoFault.NotAVideo, error);
        }
        catch (Exception error) when (error is IOException or HttpRequestException
            || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new VideoStreamException(VideoFault.Broken, error);
        }
    }
}

internal enum VideoFault
{
    NotAVideo,
    TooLarge,
    Broken,
}

/// <summary>Why a film could not be copied to its end.</summary>
internal sealed class VideoStreamException(VideoFault fault, Exception? inner) : Exception($"The film is no use: {fault}.", inner)
{
    public VideoFault Fault => fault;
}
