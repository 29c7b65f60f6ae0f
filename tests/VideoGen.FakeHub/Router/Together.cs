using System.Text.Json.Nodes;
using VideoGen.FakeHub.Cdn;
using VideoGen.FakeHub.Jobs;

namespace VideoGen.FakeHub.Router;

/// <summary>Together's videos: the model is in the body, the picture must be small, the film hides behind a short link.</summary>
internal static class Together
{
    private const string Provider = "together";
    private const int LongestImage = 61_440;

    public static void MapTogether(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v2/videos", SubmitAsync);
        routes.MapGet("/v2/videos/{id}", GetVideo);
    }

    private static async Task<IResult> SubmitAsync(JsonObject body, HttpContext context, JobDesk desk)
    {
        var frame = body.Objects("frame_images").FirstOrDefault();
        if (body.Text("model") is not { } model || frame.Text("input_image") is not { } image)
        {
            return Error(400, "model and frame_images[0].input_image are required");
        }

        if (image.Length > LongestImage)
        {
            return Error(400, $"Range of input length should be [1, {LongestImage}]");
        }

        return await desk.SubmitAsync(context, Order.From(Provider, model, body.Text("prompt"), image, body),
            job => Answer.Json(Video(job, "queued")));
    }

    private static IResult GetVideo(string id, HttpContext context, JobDesk desk) =>
        desk.Poll(context, Provider, id, (job, phase) =>
        {
            var video = Video(job, WordFor(phase));
            if (phase is JobPhase.Done)
            {
                video["completed_at"] = job.EndsAt.ToUnixTimeSeconds();
                video["outputs"] = new JsonObject { ["cost"] = 0.27, ["video_url"] = CdnLinks.ShortFor(context, job) };
            }
            else if (phase is JobPhase.Failed && job.Failure is { } failure)
            {
                video["error"] = new JsonObject { ["code"] = failure.Type, ["message"] = failure.Message };
            }

            return Answer.Json(desk.Tamper(job, video));
        }, Error(404, "Video job not found"));

    private static Answer Error(int status, string message) => Answer.Json(
        new JsonObject { ["error"] = new JsonObject { ["message"] = message, ["type"] = "invalid_request_error" } }, status);

    private static JsonObject Video(Job job, string word) => new()
    {
        ["id"] = job.Id,
        ["object"] = "video",
        ["model"] = job.Order.Model,
        ["status"] = word,
        ["created_at"] = job.AcceptedAt.ToUnixTimeSeconds(),
        ["seconds"] = "5",
        ["size"] = "832x480",
    };

    private static string WordFor(JobPhase phase) => phase switch
    {
        JobPhase.Queued => "queued",
        JobPhase.Running => "in_progress",
        JobPhase.Puzzling => "polishing",
        JobPhase.Done => "completed",
        JobPhase.Failed => "failed",
        _ => "cancelled",
    };
}
