using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace VideoGen.Api.Pipeline;

/// <summary>
/// Drops the content of a response to HEAD. The first write sends the headers and calls <paramref name="onHeaders"/>. Nothing is
/// written to the server, because it closes the connection if a write is canceled.
/// </summary>
internal sealed class HeadBody(IHttpResponseBodyFeature server, Func<Task> onHeaders) : PipeWriter, IHttpResponseBodyFeature
{
    private byte[] _dropped = [];
    private Stream? _stream;
    private bool _hasHeaders;
    private long _unflushed;

    public Stream Stream => _stream ??= AsStream(leaveOpen: true);

    public PipeWriter Writer => this;

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _unflushed;

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_dropped.Length < Math.Max(1, sizeHint))
        {
            _dropped = new byte[Math.Max(4096, sizeHint)];
        }

        return _dropped;
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes) => _unflushed += bytes;

    public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        _unflushed = 0;
        await StartAsync(cancellationToken);
        return default;
    }

    public override void CancelPendingFlush()
    {
        // There is never a pending flush.
    }

    public override void Complete(Exception? exception = null)
    {
        // The server completes its own writer.
    }

    public void DisableBuffering() => server.DisableBuffering();

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (!_hasHeaders)
        {
            _hasHeaders = true;
            await server.StartAsync(CancellationToken.None);
            await onHeaders();
        }
    }

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        StartAsync(cancellationToken);

    public Task CompleteAsync() => server.CompleteAsync();
}
