using System.Text.Json.Nodes;
using VideoGen.FakeHub.Cdn;
using VideoGen.FakeHub.Jobs;

namespace VideoGen.FakeHub.Router;

/// <summary>Novita's MiniMax-H3. Prompt and picture are parts of one content list; the prompt is required.</summary>
internal static class Novita
{
    private const string Provider = "novita";

    public static void MapNovita(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v3/minimax/v2/video_generation", SubmitAsync);
        routes.MapGet("/v3/minimax/v2/query/video_generation/{id}", GetTask);
    }

    private static async Task<IResult> SubmitAsync(JsonObject body, HttpContext context, JobDesk desk)
    {
        var content = body.Objects("content").ToList();
        var prompt = content.Select(part => part.Text("text")).FirstOrDefault(text => text is not null);
        var image = content.Select(part => part.Text("image_url", "url")).FirstOrDefault(url => url is not null);
        if (body.Text("model") is not { } model || prompt is null || image is null)
        {
            return Error(400, "model, a text and an image_url are required");
        }

        if (!int.TryParse(body["duration"]?.ToString(), out var seconds) || seconds is < 4 or > 15)
        {
            return Error(400, "duration must be 4 to 15");
        }

        return await desk.SubmitAsync(context, Order.From(Provider, model, prompt, image, body),
            job => Answer.Json(new JsonObject { ["task_id"] = job.Id }));
    }

    private static IResult GetTask(string id, HttpContext context, JobDesk desk, CdnLinks links) =>
        desk.Poll(context, Provider, id, (job, phase) =>
        {
            var task = new JsonObject { ["status"] = WordFor(phase) };
            if (phase is JobPhase.Done)
            {
                task["content"] = new JsonObject { ["url"] = links.For(context, job) };
            }
            else if (phase is JobPhase.Failed && job.Failure is { } failure)
            {
                task["error"] = new JsonObject { ["message"] = failure.Message };
            }

            return Answer.Json(new JsonObject { ["task"] = desk.Tamper(job, task) });
        }, Error(404, "task not found"));

    private static Answer Error(int status, string message) => Answer.Json(
        new JsonObject { ["code"] = status, ["message"] = message }, status);

    private static string WordFor(JobPhase phase) => phase switch
    {
        JobPhase.Queued => "queued",
        JobPhase.Running => "running",
        JobPhase.Puzzling => "dreaming",
        JobPhase.Done => "succeeded",
        JobPhase.Failed => "failed",
        _ => "cancelled",
    };
}
