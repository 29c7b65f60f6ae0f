using System.Text.Json;
using VideoGen.FakeComfy.Lives;

namespace VideoGen.FakeComfy.Prompts;

/// <summary>The jobs routes, which exist under <c>/api</c> only and in newer versions only.</summary>
internal static class JobsEndpoints
{
    public static void MapJobs(this WebApplication app)
    {
        var jobs = app.MapGroup("/api/jobs");
        jobs.MapGet("", List).AddEndpointFilter((call, next) => Since(call, next, 0, 10));
        jobs.MapGet("/{id}", Get).AddEndpointFilter((call, next) => Since(call, next, 0, 10));
        jobs.MapPost("/{id}/cancel", CancelOne).AddEndpointFilter((call, next) => Since(call, next, 0, 26));
        jobs.MapPost("/cancel", CancelManyAsync).AddEndpointFilter((call, next) => Since(call, next, 0, 26));
    }

    private static async ValueTask<object?> Since(
        EndpointFilterInvocationContext call, EndpointFilterDelegate next, int major, int minor)
    {
        var settings = call.HttpContext.RequestServices.GetRequiredService<ComfySettings>();
        return settings.IsAtLeast(major, minor) ? await next(call) : ComfyEndpoints.NoRoute(call.HttpContext);
    }

    private static IResult List(
        Life life, string? status, int? limit, int? offset, string sort_by = "created_at", string sort_order = "desc")
    {
        var asked = status?.ToLowerInvariant().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (asked?.Except(JobView.Statuses).ToList() is { Count: > 0 } unknown)
        {
            var valid = string.Join(", ", JobView.Statuses);
            return Error($"Invalid status value(s): {string.Join(", ", unknown)}. Valid values: {valid}");
        }

        if (limit <= 0)
        {
            return Error("limit must be a positive integer");
        }

        if (sort_by is not ("created_at" or "execution_duration") || sort_order is not ("asc" or "desc"))
        {
            return Error("sort_by must be 'created_at' or 'execution_duration'");
        }

        var (running, pending) = life.Queue.Current;
        var tellsCancelled = life.State.Settings.IsAtLeast(0, 26);
        var all = (running is null ? [] : new[] { JobView.Of(running, JobView.InProgress, false) })
            .Concat(pending.Select(run => JobView.Of(run, JobView.Pending, false)))
            .Concat(life.Queue.History.All.Select(ended => JobView.Of(ended, false, tellsCancelled)))
            .Where(job => asked is null || asked.Contains((string)job["status"]));
        var sorted = (sort_order == "asc" ? all.OrderBy(Key) : all.OrderByDescending(Key)).ToList();
        var skipped = Math.Max(offset ?? 0, 0);
        var page = sorted.Skip(skipped).Take(limit ?? int.MaxValue).ToList();
        return Results.Json(new
        {
            jobs = page,
            pagination = new { offset = skipped, limit, total = sorted.Count, has_more = skipped + page.Count < sorted.Count },
        });

        long Key(Dictionary<string, object> job) => sort_by == "created_at" ? (long)job["create_time"]
            : job.TryGetValue("execution_end_time", out var end) ? (long)end - (long)job["execution_start_time"] : 0;
    }

    private static IResult Get(string id, Life life)
    {
        if (life.Queue.History.Find(id) is { } ended)
        {
            return Results.Json(JobView.Of(ended, true, life.State.Settings.IsAtLeast(0, 26)));
        }

        var (running, pending) = life.Queue.Current;
        if (running?.Id == id)
        {
            return Results.Json(JobView.Of(running, JobView.InProgress, true));
        }

        return pending.FirstOrDefault(run => run.Id == id) is { } found
            ? Results.Json(JobView.Of(found, JobView.Pending, true))
            : Results.Json(new { error = "Job not found" }, statusCode: StatusCodes.Status404NotFound);
    }

    private static IResult CancelOne(string id, Life life) => Results.Json(new { cancelled = Cancel(life, id) });

    private static async Task<IResult> CancelManyAsync(HttpContext context, Life life)
    {
        var body = await ComfyEndpoints.ReadObjectAsync(context);
        if (!body.TryGetValue("job_ids", out var ids) || ids.ValueKind != JsonValueKind.Array)
        {
            return Error("job_ids must be a list");
        }

        var wrong = ids.EnumerateArray().Where(id => !Submit.IsCanonical(id)).Select(id => id.ToString()).ToList();
        if (wrong.Count > 0)
        {
            return Results.Json(
                new { error = "job_ids contains invalid id(s)", invalid_ids = wrong },
                statusCode: StatusCodes.Status400BadRequest);
        }

        var cancelled = ids.EnumerateArray().Select(id => Cancel(life, id.GetString()!)).ToList();
        return Results.Json(new { cancelled = cancelled.Contains(true) });
    }

    private static bool Cancel(Life life, string id)
    {
        // Like ComfyUI: an id in the history has ended, even if a second run of it waits.
        var done = life.Queue.History.Find(id) is null && (life.Queue.Interrupt(id) || life.Queue.Delete(id));
        life.Sockets.SendStatus(life.Queue.Remaining);
        return done;
    }

    private static IResult Error(string error) => Results.Json(new { error }, statusCode: StatusCodes.Status400BadRequest);
}
