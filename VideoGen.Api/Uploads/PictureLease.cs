namespace VideoGen.Api.Uploads;

/// <summary>The slot and memory of one picture, taken once.</summary>
internal sealed class PictureLease(UploadLimiter limiter) : IDisposable
{
    private IDisposable? _lease;

    /// <summary>Returns false if they are not available in time.</summary>
    public async ValueTask<bool> EnterAsync(long length, CancellationToken cancellationToken) =>
        (_lease ??= await limiter.EnterAsync(length, cancellationToken)) is not null;

    public void Dispose() => _lease?.Dispose();
}
