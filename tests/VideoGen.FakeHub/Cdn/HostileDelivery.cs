using System.IO.Compression;
using VideoGen.FakeHub.Faults;

namespace VideoGen.FakeHub.Cdn;

/// <summary>What a server of films hands out that means harm to whoever fetches it.</summary>
internal static class HostileDelivery
{
    private const int Megabyte = 1024 * 1024;

    /// <summary>Null when the job has no such fault.</summary>
    public static IResult? For(Func<FaultKind, FaultRule?> fault, byte[] film) =>
        fault(FaultKind.RedirectOnDownload) is { } redirect ? new Redirected(redirect.Location ?? "http://169.254.169.254/")
        : fault(FaultKind.PackedOnDownload) is not null ? new Packed()
        : fault(FaultKind.EndlessDownload) is not null ? new Endless(film, isSilent: false)
        : fault(FaultKind.StallOnDownload) is not null ? new Endless(film, isSilent: true)
        : null;

    private sealed class Redirected(string location) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status302Found;
            httpContext.Response.Headers.Location = location;
            return Task.CompletedTask;
        }
    }

    private sealed class Packed : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.ContentType = "video/mp4";
            httpContext.Response.Headers.ContentEncoding = "gzip";
            await using var gzip = new GZipStream(httpContext.Response.Body, CompressionLevel.Fastest);
            var zeros = new byte[Megabyte];
            for (var megabyte = 0; megabyte < 1024 && !httpContext.RequestAborted.IsCancellationRequested; megabyte++)
            {
                await gzip.WriteAsync(zeros);
            }
        }
    }

    private sealed class Endless(byte[] film, bool isSilent) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.ContentType = "video/mp4";
            try
            {
                await httpContext.Response.Body.WriteAsync(film.AsMemory(0, film.Length / 2), httpContext.RequestAborted);
                await httpContext.Response.Body.FlushAsync(httpContext.RequestAborted);
                while (true)
                {
                    await (isSilent
                        ? Task.Delay(Timeout.Infinite, httpContext.RequestAborted)
                        : httpContext.Response.Body.WriteAsync(new byte[Megabyte], httpContext.RequestAborted).AsTask());
                }
            }
            catch (OperationCanceledException) when (httpContext.RequestAborted.IsCancellationRequested)
            {
                // The other side had enough: that is what this is for.
            }
        }
    }
}
