using System.IO.Compression;
using VideoGen.FakeHub.Faults;
using VideoGen.FakeHub.Jobs;
using VideoGen.FakeHub.Router;

namespace VideoGen.FakeHub.Cdn;

/// <summary>Hands a film out, whole and with ranges, or with the faults of its job.</summary>
internal static class FilmDelivery
{
    private const string Mp4 = "video/mp4";
    private const int Drops = 20;

    public static IResult For(Job job, Films films, TimeProvider time)
    {
        var film = films.For(job);
        FaultRule? Fault(FaultKind kind) => job.Fault(kind, Math.Max(1, job.Downloads));

        if (Fault(FaultKind.DownloadError) is { } error)
        {
            return CdnEndpoints.Xml(error.Status ?? 403, "AccessDenied", "Access Denied");
        }

        if (Fault(FaultKind.HtmlOnDownload) is { } page)
        {
            return Answer.Html(page.Status);
        }

        if (Fault(FaultKind.Renamed) is not null)
        {
            return Results.Bytes(films.Picture, Mp4);
        }

        if (Fault(FaultKind.Truncated) is not null)
        {
            return Results.Bytes(film[..(film.Length / 2)], Mp4);
        }

        if (Fault(FaultKind.Webm) is not null)
        {
            return new WebmFilm();
        }

        if (Fault(FaultKind.Sound) is not null)
        {
            return new SoundFilm();
        }

        if (Fault(FaultKind.Gzipped) is not null)
        {
            return new GzippedFilm(film);
        }

        if (HostileDelivery.For(Fault, film) is { } hostile)
        {
            return hostile;
        }

        if (Fault(FaultKind.DropOnDownload) is not null)
        {
            return new CutFilm(film);
        }

        return Fault(FaultKind.SlowDrip) is { } drip
            ? new DrippingFilm(film, TimeSpan.FromSeconds(drip.Seconds ?? 0.5), time)
            : Results.Bytes(film, Mp4, enableRangeProcessing: true, lastModified: job.EndsAt, entityTag: new($"\"{job.Id}\""));
    }

    private sealed class WebmFilm : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext) =>
            await Results.Bytes(await Films.WebmAsync(), "video/webm").ExecuteAsync(httpContext);
    }

    private sealed class SoundFilm : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext) =>
            await Results.Bytes(await Films.SoundAsync(), Mp4).ExecuteAsync(httpContext);
    }

    private sealed class GzippedFilm(byte[] film) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.ContentType = Mp4;
            httpContext.Response.Headers.ContentEncoding = "gzip";
            await using var gzip = new GZipStream(httpContext.Response.Body, CompressionLevel.Fastest);
            await gzip.WriteAsync(film, httpContext.RequestAborted);
        }
    }

    private sealed class CutFilm(byte[] film) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            Begin(httpContext, film.Length);
            await httpContext.Response.Body.WriteAsync(film.AsMemory(0, film.Length / 2), httpContext.RequestAborted);
            await httpContext.Response.Body.FlushAsync(httpContext.RequestAborted);
            httpContext.Abort();
        }
    }

    private sealed class DrippingFilm(byte[] film, TimeSpan pause, TimeProvider time) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            Begin(httpContext, film.Length);
            try
            {
                foreach (var drop in film.Chunk((film.Length + Drops - 1) / Drops))
                {
                    await httpContext.Response.Body.WriteAsync(drop, httpContext.RequestAborted);
                    await httpContext.Response.Body.FlushAsync(httpContext.RequestAborted);
                    await Task.Delay(pause, time, httpContext.RequestAborted);
                }
            }
            catch (OperationCanceledException) when (httpContext.RequestAborted.IsCancellationRequested)
            {
                // Whoever was waiting lost patience: that is what the drip is for.
            }
        }
    }

    private static void Begin(HttpContext context, int length)
    {
        context.Response.ContentType = Mp4;
        context.Response.ContentLength = length;
    }
}
