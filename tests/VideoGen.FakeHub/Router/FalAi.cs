using System.Text.Json.Nodes;
using VideoGen.FakeHub.Cdn;
using VideoGen.FakeHub.Faults;
using VideoGen.FakeHub.Jobs;

namespace VideoGen.FakeHub.Router;

/// <summary>
/// fal's queue. A job lives under owner and app only (<c>fal-ai/wan</c>), whatever the model's path; it never "fails": it is
/// COMPLETED, and the error is the answer to the result request.
/// </summary>
internal static class FalAi
{
    public const string Provider = "fal-ai";

    public static void MapFalAi(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/{**model}", SubmitAsync);
        var request = routes.MapGroup("/{owner}/{app}/requests/{id}").AddEndpointFilter(NameRequestAsync);
        request.MapGet("/status", GetStatus);
        request.MapGet("/", GetResult);
        request.MapPut("/cancel", Cancel);
    }

    private static async Task<IResult> SubmitAsync(
        string model, JsonObject body, HttpContext context, JobDesk desk, JobBoard jobs)
    {
        if (body.Text("image_url") is not { } image)
        {
            return Refusals.Invalid(422, "image_url", "Field required", "missing");
        }

        return await desk.SubmitAsync(context, Order.From(Provider, model, body.Text("prompt"), image, body), job =>
        {
            var status = Status(job, "IN_QUEUE");
            status["queue_position"] = jobs.PlaceInQueue(job);
            return Answer.Json(status, 200, ("x-fal-request-id", job.Id));
        });
    }

    private static IResult GetStatus(string owner, string app, string id, HttpContext context, JobDesk desk, JobBoard jobs) =>
        desk.Poll(context, Provider, id, (job, phase) =>
        {
            if (AppOf(job) != $"{owner}/{app}")
            {
                return NotFound;
            }

            var status = Status(job, WordFor(phase));
            if (phase is JobPhase.Queued)
            {
                status["queue_position"] = jobs.PlaceInQueue(job);
            }
            else
            {
                status["logs"] = null;
            }

            AddEnd(status, job, phase);
            var isUnfinished = phase is JobPhase.Queued or JobPhase.Running or JobPhase.Puzzling;
            return Answer.Json(desk.Tamper(job, status), isUnfinished ? 202 : 200);
        }, NotFound);

    private static Answer GetResult(
        string owner, string app, string id, HttpContext context, JobBoard jobs, CdnLinks links)
    {
        if (JobDesk.Look(context, Provider, jobs.Find(id)) is not { } job || AppOf(job) != $"{owner}/{app}")
        {
            return NotFound;
        }

        var asked = jobs.Update(id, found => found with { Results = found.Results + 1 })!.Results;
        if (job.Fault(FaultKind.ResultError, asked) is { } error)
        {
            return Refusals.For(error.Status ?? 500, Provider, error);
        }

        return jobs.PhaseOf(job) switch
        {
            JobPhase.Done when job.Fault(FaultKind.EmptyResult, asked) is not null =>
                Answer.Json(new JsonObject { ["seed"] = 42 }),
            JobPhase.Done => Answer.Json(new JsonObject { ["video"] = links.FileFor(context, job), ["seed"] = 42 }),
            JobPhase.Canceled => Refusals.For(499, Provider),
            JobPhase.Failed when job.Failure is { Status: >= 500 } broken =>
                Refusals.Broken(broken.Status, broken.Message, broken.Type),
            JobPhase.Failed when job.Failure is { } failure =>
                Refusals.Invalid(failure.Status, "image_url", failure.Message, failure.Type),
            _ => Answer.Json(new JsonObject { ["detail"] = "Request is still in progress" }, 400),
        };
    }

    private static Answer Cancel(string owner, string app, string id, HttpContext context, JobBoard jobs)
    {
        if (JobDesk.Look(context, Provider, jobs.Find(id)) is not { } job || AppOf(job) != $"{owner}/{app}")
        {
            return Answer.Json(new JsonObject { ["status"] = "NOT_FOUND" }, 404);
        }

        var wasRunning = jobs.PhaseOf(job) is JobPhase.Queued or JobPhase.Running;
        jobs.Cancel(id);
        return wasRunning
            ? Answer.Json(new JsonObject { ["status"] = "CANCELLATION_REQUESTED" }, 202)
            : Answer.Json(new JsonObject { ["status"] = "ALREADY_COMPLETED" }, 400);
    }

    private static ValueTask<object?> NameRequestAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers["x-fal-request-id"] = (string?)context.HttpContext.GetRouteValue("id");
        return next(context);
    }

    private static Answer NotFound => Answer.Json(new JsonObject { ["detail"] = "Not found" }, 404);

    private static JsonObject Status(Job job, string word)
    {
        var address = $"https://queue.fal.run/{AppOf(job)}/requests/{job.Id}";
        return new()
        {
            ["status"] = word,
            ["request_id"] = job.Id,
            ["response_url"] = address,
            ["status_url"] = $"{address}/status",
            ["cancel_url"] = $"{address}/cancel",
        };
    }

    private static void AddEnd(JsonObject status, Job job, JobPhase phase)
    {
        if (phase is JobPhase.Done or JobPhase.Failed)
        {
            status["metrics"] = new JsonObject { ["inference_time"] = (job.EndsAt - job.StartsAt).TotalSeconds };
        }
        else if (phase is JobPhase.Canceled)
        {
            status["error"] = "Request was cancelled";
            status["error_type"] = "client_cancelled";
        }
    }

    private static string AppOf(Job job) => string.Join('/', job.Order.Model.Split('/').Take(2));

    private static string WordFor(JobPhase phase) => phase switch
    {
        JobPhase.Queued => "IN_QUEUE",
        JobPhase.Running => "IN_PROGRESS",
        JobPhase.Puzzling => "IN_LIMBO",
        _ => "COMPLETED",
    };
}
