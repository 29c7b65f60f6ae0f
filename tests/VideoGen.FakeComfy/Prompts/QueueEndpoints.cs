using System.Text.Json;
using VideoGen.FakeComfy.Lives;

namespace VideoGen.FakeComfy.Prompts;

/// <summary>Queue, history and interrupt, the older routes.</summary>
internal static class QueueEndpoints
{
    public static void MapQueue(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/queue", GetQueue);
        routes.MapPost("/queue", ChangeQueueAsync);
        routes.MapGet("/prompt", (Life life) => Results.Json(new { exec_info = new { queue_remaining = life.Queue.Remaining } }));
        routes.MapGet("/history", GetHistory);
        routes.MapPost("/history", ChangeHistoryAsync);
        routes.MapGet("/history/{id}", GetEnded);
        routes.MapPost("/interrupt", InterruptAsync);
    }

    private static IResult GetQueue(Life life)
    {
        var (running, pending) = life.Queue.Current;
        return Results.Json(new
        {
            queue_running = running is null ? [] : new[] { running.ToTuple() },
            queue_pending = pending.Select(run => run.ToTuple()).ToArray(),
        });
    }

    private static async Task<IResult> ChangeQueueAsync(HttpContext context, Life life)
    {
        var body = await ComfyEndpoints.ReadObjectAsync(context);
        if (IsTrue(body, "clear"))
        {
            life.Queue.Clear();
        }

        foreach (var id in IdsOf(body))
        {
            life.Queue.Delete(id);
        }

        life.Sockets.SendStatus(life.Queue.Remaining);
        return Results.Ok();
    }

    private static IResult GetHistory(Life life, int? max_items, int? offset)
    {
        var all = life.Queue.History.All;
        var from = offset ?? (max_items is { } most ? Math.Max(all.Count - most, 0) : 0);
        var page = all.Skip(from).Take(max_items ?? int.MaxValue);
        return Results.Json(page.ToDictionary(ended => ended.Run.Id, ended => ended.ToHistory()));
    }

    private static IResult GetEnded(string id, Life life)
    {
        var found = new Dictionary<string, object>();
        if (life.Queue.History.Find(id) is { } ended)
        {
            found[id] = ended.ToHistory();
        }

        return Results.Json(found);
    }

    private static async Task<IResult> ChangeHistoryAsync(HttpContext context, Life life)
    {
        var body = await ComfyEndpoints.ReadObjectAsync(context);
        if (IsTrue(body, "clear"))
        {
            life.Queue.History.Clear();
        }

        foreach (var id in IdsOf(body))
        {
            life.Queue.History.Remove(id);
        }

        return Results.Ok();
    }

    private static async Task<IResult> InterruptAsync(HttpContext context, Life life)
    {
        var body = await ComfyEndpoints.ReadObjectAsync(context);
        var id = body.TryGetValue("prompt_id", out var value) ? value.ToString() : null;

        // Older servers do not look at the id and stop whatever runs.
        life.Queue.Interrupt(string.IsNullOrEmpty(id) || !life.State.Settings.IsAtLeast(0, 3, 60) ? null : id);
        return Results.Ok();
    }

    private static bool IsTrue(IReadOnlyDictionary<string, JsonElement> body, string name) =>
        body.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static List<string> IdsOf(IReadOnlyDictionary<string, JsonElement> body) =>
        body.TryGetValue("delete", out var ids) && ids.ValueKind == JsonValueKind.Array
            ? [.. ids.EnumerateArray().Select(id => id.ToString())]
            : [];
}
