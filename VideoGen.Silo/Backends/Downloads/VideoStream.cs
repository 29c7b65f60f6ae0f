using VideoGen.Silo.Video;

namespace VideoGen.Silo.Backends.Downloads;

/// <summary>
/// Copies a video from the network. It checks that the content is a video before it writes a byte, and stops at a maximum size or
/// when no data arrives for a while. Network failures are thrown as <see cref="VideoStreamException"/>, so that they are not
/// mistaken for disk failures.
/// </summary>
internal sealed class VideoStream(Stream source, long mostBytes, TimeSpan idle, TimeProvider time)
{
    private readonly byte[] _buffer = new byte[80 * 1024];
    private int _buffered;

    /// <summary>Reads the beginning; throws when it is not that of a video.</summary>
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
            // The content was compressed and cannot be decompressed.
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

/// <summary>Why a video could not be copied completely.</summary>
internal sealed class VideoStreamException(VideoFault fault, Exception? inner) : Exception("The video is unusable: "
    + $"{fault}.", inner)
{
    public VideoFault Fault => fault;
}
