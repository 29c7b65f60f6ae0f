using System.Globalization;
using System.Text.Json.Nodes;
using VideoGen.FakeVideos.Books;
using VideoGen.FakeVideos.Dialects;
using VideoGen.FakeVideos.Faults;
using VideoGen.FakeVideos.Jobs;
using VideoGen.FakeVideos.Rendering;

namespace VideoGen.FakeVideos.Videos;

/// <summary>What the servers answer; the dialect decides how.</summary>
internal static class VideosEndpoints
{
    public static void MapVideos(this WebApplication app, string? apiKey)
    {
        var api = app.MapGroup("/v1").RequireApiKey(apiKey);
        api.MapPost("/videos", (HttpContext context, CreateEndpoint create) => create.CreateAsync(context));
        api.MapGet("/videos", List).WithFaults(VideosRoute.List);
        api.MapGet("/videos/{id}", Get).WithFaults(VideosRoute.Get);
        api.MapDelete("/videos/{id}", Delete).WithFaults(VideosRoute.Delete);
        api.MapGet("/videos/{id}/content", GetContent).WithFaults(VideosRoute.Content);
        api.MapGet("/models", GetModels).WithFaults(VideosRoute.Models);
        app.MapGet("/health", GetHealth).WithFaults(VideosRoute.Health);
        app.MapGet("/storage/{name}", GetStored).WithFaults(VideosRoute.Storage);
    }

    public static string RootOf(HttpContext context) => $"{context.Request.Scheme}://{context.Request.Host}";

    public static Scene SceneOf(HttpContext context, VideosSettingsBoard settings, TimeProvider time) =>
        new(time.GetUtcNow(), settings.Current, RootOf(context));

    private static RouteHandlerBuilder WithFaults(this RouteHandlerBuilder route, VideosRoute name) =>
        route.AddEndpointFilter((context, next) =>
            context.HttpContext.RequestServices.GetRequiredService<RequestFaults>().FilterAsync(context, next, name));

    private static RouteGroupBuilder RequireApiKey(this RouteGroupBuilder group, string? key) =>
        group.AddEndpointFilter(async (context, next) =>
        {
            var services = context.HttpContext.RequestServices;
            return key is null || context.HttpContext.Request.Headers.Authorization == $"Bearer {key}"
                ? await next(context)
                : DialectShape.Of(services.GetRequiredService<VideosSettingsBoard>().Current.Dialect).Unauthorized();
        });

    private static IResult List(
        HttpContext context, JobStore jobs, VideosSettingsBoard settings, TimeProvider time, string? after, string? limit,
        string? order)
    {
        var dialect = DialectShape.Of(settings.Current.Dialect);
        var most = int.MaxValue;
        if (limit is not null
            && !(int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out most)
                && most >= dialect.LeastLimit && most <= 100))
        {
            return dialect.Invalid("limit", $"Input should be an integer from {dialect.LeastLimit} to 100");
        }

        IEnumerable<VideoJob> all = jobs.Visible;
        all = order == "asc" ? all : all.Reverse();
        if (after is not null)
        {
            all = all.SkipWhile(job => job.Id != after).Skip(1);
        }

        var found = all.ToList();
        var scene = SceneOf(context, settings, time);
        return dialect.List([.. found.Take(most).Select(job => dialect.Show(job, scene))], found.Count > most);
    }

    private static IResult Get(
        HttpContext context, string id, JobStore jobs, VideosSettingsBoard settings, FaultBook faults, TimeProvider time)
    {
        var dialect = DialectShape.Of(settings.Current.Dialect);
        if (jobs.Find(id) is not { } job)
        {
            return dialect.Error(404, "Video not found");
        }

        var shown = dialect.Show(job, SceneOf(context, settings, time));
        if (faults.Take(VideosRoute.Get, job.Request.Prompt, FaultKind.ForeignStatus) is { } foreign)
        {
            shown["status"] = foreign.Status ?? "WARMING_UP";
        }

        return dialect.Tell(job, shown);
    }

    private static IResult Delete(
        HttpContext context, string id, JobStore jobs, JobRunner runner, VideosSettingsBoard settings, FaultBook faults,
        TimeProvider time)
    {
        var dialect = DialectShape.Of(settings.Current.Dialect);
        if (!dialect.ListsAndDeletes)
        {
            return dialect.Error(404, $"Invalid URL (DELETE /v1/videos/{id})");
        }

        if (jobs.Find(id) is { HasEnded: false } unfinished
            && faults.Take(VideosRoute.Delete, unfinished.Request.Prompt, FaultKind.DeleteConflict) is not null)
        {
            return dialect.Error(409, "The video generation could not be aborted in time; please try again.");
        }

        var job = dialect.AbortsOnDelete && jobs.Find(id) is { HasEnded: false }
            ? runner.Abort(id)
            : jobs.Find(id) is null ? null : jobs.Update(id, job => job with { IsDeleted = true }, null, BookEvent.Deleted);
        return job is null
            ? dialect.Error(404, "Video not found")
            : dialect.Deleted(job, dialect.Show(job, SceneOf(context, settings, time)));
    }

    private static IResult GetContent(
        HttpContext context, string id, JobStore jobs, VideoRenderer renderer, VideosSettingsBoard settings, FaultBook faults)
    {
        var dialect = DialectShape.Of(settings.Current.Dialect);
        if (jobs.Find(id) is not { } job)
        {
            return dialect.Error(404, "Video not found");
        }

        if (job.Phase == JobPhase.Failed)
        {
            return dialect.ContentFailed(job);
        }

        if (job.VideoFile is not { } file)
        {
            return dialect.ContentEarly();
        }

        if (job.IsInStorage)
        {
            var url = $"{RootOf(context)}/storage/{file}?video={id}";
            return dialect.Error(400, $"Video has been uploaded to cloud storage. Please use the cloud URL: {url}");
        }

        var isGone = faults.Take(VideosRoute.Content, job.Request.Prompt, FaultKind.ContentNotFound) is not null;
        return isGone || renderer.Find(file) is not { } path
            ? dialect.Error(404, "Video file not found")
            : new VideoDelivery(path, id, faults.Take(VideosRoute.Content, job.Request.Prompt, FaultKind.ContentCut) is not null);
    }

    private static IResult GetStored(string name, string? video, VideoRenderer renderer, FaultBook faults, JobStore jobs)
    {
        var prompt = video is null ? null : jobs.Find(video)?.Request.Prompt;
        return renderer.Find(name) is { } path
            ? new VideoDelivery(path, video, faults.Take(VideosRoute.Storage, prompt, FaultKind.ContentCut) is not null)
            : Results.Content("<Error><Code>NoSuchKey</Code></Error>", "application/xml", statusCode: 404);
    }

    private static IResult GetModels(VideosSettingsBoard settings, TimeProvider time)
    {
        var dialect = DialectShape.Of(settings.Current.Dialect);
        return Results.Json(new JsonObject
        {
            ["object"] = "list",
            ["data"] = new JsonArray(
                dialect.Model(settings.Current, time.GetUtcNow().ToUnixTimeSeconds())),
        });
    }

    private static IResult GetHealth(VideosSettingsBoard settings) =>
        settings.Current.Dialect == VideosDialect.VllmOmni ? Results.Ok() : Results.Json(new { status = "ok" });
}
