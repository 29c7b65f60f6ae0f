using System.Text.Json.Nodes;
using VideoGen.FakeHub.Faults;

namespace VideoGen.FakeHub.Tests.Traces;

/// <summary>
/// Makes a stand-in go through what was recorded: the models, the faults, and where the job stands at each poll.
/// </summary>
internal sealed class Arrangement(TestHub hub, RecordedScenario scenario)
{
    /// <summary>
    /// Prepares for one request, and returns the job it is about: some scenarios begin with a job that is there.
    /// </summary>
    public async Task<string?> PrepareAsync(RecordedRequest recorded, string? job)
    {
        if (recorded.IsToHub)
        {
            ArrangeModel(recorded);
        }
        else if (recorded.IsSubmit)
        {
            ArrangeFaults(recorded);
        }
        else
        {
            job ??= await SubmitBeforeAsync();
            ArrangePhase(recorded, job);
        }

        return job;
    }

    private void ArrangeModel(RecordedRequest recorded)
    {
        var model = recorded.Url.AbsolutePath["/api/models/".Length..];
        if (recorded.Status is 200)
        {
            hub.Server.Models.Set(model, recorded.Answer!["body"]!["inferenceProviderMapping"]);
        }
        else
        {
            hub.Server.Faults.Add(new FaultRule(FaultKind.MappingError, new(Model: model, Next: 1)) { Status = recorded.Status });
        }
    }

    private Task<string> SubmitBeforeAsync()
    {
        ArrangeJobFaults();
        return hub.AcceptAsync(Wire.FalAi, "submitted before the recording");
    }

    private void ArrangeFaults(RecordedRequest submit)
    {
        hub.Server.Settings.Current = submit.Route is "/endpoint"
            ? new() { QueueSeconds = 0, RenderSeconds = 0, EndpointAnswer = AnswerOf(submit) }
            : new() { QueueSeconds = 10, RenderSeconds = 10 };
        if (submit.Status >= 400)
        {
            hub.Server.Faults.Add(new FaultRule(FaultKind.Refuse, new(Next: 1)) { Status = submit.Status });
        }
        else
        {
            ArrangeJobFaults();
        }
    }

    /// <summary>A job takes its faults along when it is accepted, so look at what will be asked of it.</summary>
    private void ArrangeJobFaults()
    {
        var polls = scenario.Requests.Where(request => request.IsPoll).ToList();
        foreach (var failed in polls.Where(poll => poll.Status >= 400))
        {
            hub.Server.Faults.Add(FaultFor(failed, polls.IndexOf(failed)));
        }

        if (scenario.Requests.Any(request => request.Word is "failed"))
        {
            hub.Server.Faults.Add(new FaultRule(FaultKind.RejectContent));
        }

        if (scenario.Requests.FirstOrDefault(request => request.IsDownload && request.Status >= 400) is { } download)
        {
            hub.Server.Faults.Add(new FaultRule(FaultKind.DownloadError) { Status = download.Status });
        }
    }

    private static FaultRule FaultFor(RecordedRequest failed, int before) => failed switch
    {
        { Status: 404 } => new(FaultKind.LoseJob),
        _ when failed.Url.AbsolutePath.EndsWith("/status", StringComparison.Ordinal) =>
            new(FaultKind.PollError) { Status = failed.Status, After = before },
        _ => new(FaultKind.FailJob) { Status = failed.Status },
    };

    private void ArrangePhase(RecordedRequest recorded, string job)
    {
        switch (recorded.Word)
        {
            case "IN_QUEUE" or "created" or "queued" or "CANCELLATION_REQUESTED":
                break;
            case "IN_PROGRESS" or "processing" or "in_progress" or "running":
                LeaveQueue(job);
                break;
            case "cancelled":
                hub.Server.Jobs.Cancel(job);
                break;
            default:
                hub.Server.Jobs.Finish(job);
                break;
        }
    }

    private void LeaveQueue(string id)
    {
        var job = hub.Server.Jobs.Find(id)!;
        var left = job.StartsAt - hub.Clock.GetUtcNow();
        hub.Clock.Advance(left > TimeSpan.Zero ? left : TimeSpan.Zero);
    }

    private static EndpointAnswer AnswerOf(RecordedRequest submit) =>
        submit.Answer!["body"] is JsonObject ? EndpointAnswer.Base64 : EndpointAnswer.Bytes;
}
