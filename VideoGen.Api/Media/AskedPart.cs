using VideoGen.Grains.Media;

namespace VideoGen.Api.Media;

/// <summary>
/// A file of a remote store as a seekable stream, as the framework needs it to serve ranges. Nothing is requested from the store
/// before the first read, so nothing at all for a HEAD or a 304, and then only as many bytes as the response has.
/// </summary>
internal sealed class AskedPart(MediaContent content, HttpResponse response) : Stream
{
    private Stream? _part;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => content.Length;

    public override long Position { get; set; }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        _ when _part is not null => throw new InvalidOperationException("The part is being read already."),
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _part ??= await content.OpenRange(Position, response.ContentLength ?? Length - Position, cancellationToken);
        var read = await _part.ReadAsync(buffer, cancellationToken);
        Position += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _part?.Dispose();
        base.Dispose(disposing);
    }
}
