using System.Text.Json.Nodes;
using VideoGen.FakeHub.Cdn;
using VideoGen.FakeHub.Jobs;

namespace VideoGen.FakeHub.Router;

/// <summary>WaveSpeed's predictions. A job that failed is a status inside an answer of 200.</summary>
internal static class WaveSpeed
{
    private const string Provider = "wavespeed";

    public static void MapWaveSpeed(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v3/{**model}", SubmitAsync);
        routes.MapGet("/api/v3/predictions/{id}/result", GetResult);
    }

    private static async Task<IResult> SubmitAsync(string model, JsonObject body, HttpContext context, JobDesk desk)
    {
        if (body.Text("image") is not { } image)
        {
            return Error(400, "image is required");
        }

        return await desk.SubmitAsync(context, Order.From(Provider, model, body.Text("prompt"), image, body),
            job => Envelope(Prediction(job, "created")));
    }

    private static IResult GetResult(string id, HttpContext context, JobDesk desk, CdnLinks links) =>
        desk.Poll(context, Provider, id, (job, phase) =>
        {
            var prediction = Prediction(job, WordFor(phase));
            if (phase is JobPhase.Done)
            {
                prediction["outputs"] = new JsonArray(links.For(context, job));
                prediction["has_nsfw_contents"] = new JsonArray(false);
                prediction["timings"] = new JsonObject { ["inference"] = (long)(job.EndsAt - job.StartsAt).TotalMilliseconds };
            }
            else if (phase is JobPhase.Failed && job.Failure is { } failure)
            {
                prediction["error"] = failure.Message;
                prediction["has_nsfw_contents"] = new JsonArray(failure.Type == "content_policy_violation");
            }

            return Envelope(desk.Tamper(job, prediction));
        }, Error(404, "prediction not found"));

    private static Answer Envelope(JsonObject prediction) => Answer.Json(
        new JsonObject { ["code"] = 200, ["message"] = "success", ["data"] = prediction });

    private static Answer Error(int status, string message) => Answer.Json(
        new JsonObject { ["code"] = status, ["message"] = message }, status);

    private static JsonObject Prediction(Job job, string word) => new()
    {
        ["id"] = job.Id,
        ["model"] = job.Order.Model,
        ["outputs"] = new JsonArray(),
        ["urls"] = new JsonObject { ["get"] = $"https://api.wavespeed.ai/api/v3/predictions/{job.Id}/result" },
        ["has_nsfw_contents"] = new JsonArray(),
        ["status"] = word,
        ["created_at"] = job.AcceptedAt.UtcDateTime,
        ["error"] = "",
        ["executionTime"] = 0,
        ["timings"] = new JsonObject { ["inference"] = 0 },
    };

    private static string WordFor(JobPhase phase) => phase switch
    {
        JobPhase.Queued => "created",
        JobPhase.Running => "processing",
        JobPhase.Puzzling => "pondering",
        JobPhase.Done => "completed",
        JobPhase.Failed => "failed",
        _ => "cancelled",
    };
}
