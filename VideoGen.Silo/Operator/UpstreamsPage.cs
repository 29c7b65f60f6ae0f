using Microsoft.AspNetCore.Http.HttpResults;

namespace VideoGen.Silo.Operator;

/// <summary>The page of the upstreams and models at <c>/operator</c>, with its files and its data below it.</summary>
internal static class UpstreamsPage
{
    private const string Path = "/operator";

    /// <summary>The page runs only its own files, and no other page may frame it.</summary>
    private const string OnlyItsOwn =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; form-action 'none'; "
        + "base-uri 'none'; frame-ancestors 'none'";

    public static void MapUpstreamsPage(this WebApplication app, OperatorToken token)
    {
        app.UseWhen(context => context.Request.Path.StartsWithSegments(Path), branch => branch.Use((context, next) =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = OnlyItsOwn;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers.CacheControl = "no-store";
            return token.CheckAsync(context, next);
        }));
        var routes = app.MapGroup(Path).ExcludeFromDescription().AllowAnonymous();    // it checks its own token
        routes.MapFile("/", "page.html", "text/html; charset=utf-8");
        routes.MapFile("/page.css", "page.css", "text/css; charset=utf-8");
        routes.MapFile("/page.js", "page.js", "text/javascript; charset=utf-8");
        routes.MapGet("/upstreams", GetAsync);
    }

    private static async Task<JsonHttpResult<OperatorStatus>> GetAsync(
        OperatorStatusReader reader, CancellationToken cancellationToken) =>
        TypedResults.Json(await reader.ReadAsync(cancellationToken), OperatorJson.Default.OperatorStatus);

    private static void MapFile(this RouteGroupBuilder routes, string path, string name, string type)
    {
        var bytes = Read(name);
        routes.MapGet(path, () => TypedResults.Bytes(bytes, type));
    }

    private static byte[] Read(string name)
    {
        using var stream = typeof(UpstreamsPage).Assembly.GetManifestResourceStream($"operator/{name}")!;
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return buffer.ToArray();
    }
}
