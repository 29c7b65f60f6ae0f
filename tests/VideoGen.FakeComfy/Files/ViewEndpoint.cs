using VideoGen.FakeComfy.Books;
using VideoGen.FakeComfy.Faults;
using VideoGen.FakeComfy.Lives;

namespace VideoGen.FakeComfy.Files;

/// <summary><c>GET /view</c>: the bytes of a file, with ranges; what is fetched to the end is in the books.</summary>
internal static class ViewEndpoint
{
    public static IResult View(HttpContext context, ComfyState state, string? filename, string? type, string? subfolder)
    {
        if (filename is null)
        {
            return Results.StatusCode(StatusCodes.Status404NotFound);
        }

        if (filename == "" || filename[0] == '/' || filename.Contains("..", StringComparison.Ordinal))
        {
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }

        if (state.Files.Folder(type ?? "output", null) is not { } root)
        {
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }

        if (state.Files.Folder(type ?? "output", subfolder) is not { } folder)
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        var path = Path.Combine(folder, Path.GetFileName(filename));
        if (!File.Exists(path))
        {
            return Results.StatusCode(StatusCodes.Status404NotFound);
        }

        var name = Path.GetRelativePath(root, path);
        var faults = state.Faults.Take(FaultKind.ViewNotFound, FaultKind.CutView, rule => state.Graphs.Fits(rule, context, name));
        if (faults.Any(rule => rule.Fault == FaultKind.ViewNotFound))
        {
            return Results.StatusCode(StatusCodes.Status404NotFound);
        }

        if (HttpMethods.IsHead(context.Request.Method))
        {
            return Results.Bytes([], TypeOf(path));
        }

        if (faults.Count > 0)
        {
            return new CutFile(path);
        }

        // Where a fault drops the answer, nobody gets the bytes.
        var isDropped = context.Response.Body == Stream.Null;
        return Results.Stream(
            new FetchedFile(path, () =>
            {
                if (!isDropped)
                {
                    Book(state, name);
                }
            }),
            TypeOf(path),
            lastModified: File.GetLastWriteTimeUtc(path),
            enableRangeProcessing: true);
    }

    private static void Book(ComfyState state, string name)
    {
        var run = state.Graphs.Find(name);
        state.Books.Add(new(
            0, default, BookEvent.Fetched, run?.PromptId, null, run?.Run, run?.Graph.Seed, run?.Graph.Prefix, null, name));
    }

    private static string TypeOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".mp4" => "video/mp4",
        ".webm" => "video/webm",
        ".mkv" => "video/x-matroska",
        ".png" => "image/png",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".webp" => "image/webp",
        ".gif" => "image/gif",
        _ => "application/octet-stream",
    };

    private sealed class CutFile(string path) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var content = await File.ReadAllBytesAsync(path, httpContext.RequestAborted);
            httpContext.Response.ContentType = TypeOf(path);
            httpContext.Response.ContentLength = content.Length;
            await httpContext.Response.Body.WriteAsync(content.AsMemory(0, content.Length / 2), httpContext.RequestAborted);
            await httpContext.Response.Body.FlushAsync(httpContext.RequestAborted);

            // A reset overtakes what the client has not read yet.
            await Task.Delay(100, httpContext.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            httpContext.Abort();
        }
    }
}
