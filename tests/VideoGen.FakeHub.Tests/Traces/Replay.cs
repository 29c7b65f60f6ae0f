using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using VideoGen.FakeHub.Faults;

namespace VideoGen.FakeHub.Tests.Traces;

/// <summary>
/// Sends a scenario's requests to a stand-in that is told beforehand to go through what was recorded: the models, the faults,
/// and where the job stands at each poll. Ids and links are those that the stand-in gave.
/// </summary>
internal sealed class Replay(TestHub hub, RecordedScenario scenario)
{
    private string? _job;
    private string? _film;

    public async Task<HttpResponseMessage> SendAsync(RecordedRequest recorded)
    {
        await ArrangeAsync(recorded);
        using var request = new HttpRequestMessage(new(recorded.Method), recorded.IsDownload ? _film : AddressOf(recorded));
        CopyHeaders(recorded, request);
        request.Content = ContentOf(recorded);
        var answer = await hub.Http.SendAsync(request);
        await LearnAsync(recorded, answer);
        return answer;
    }

    private async Task ArrangeAsync(RecordedRequest recorded)
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
            _job ??= await SubmitBeforeAsync();
            ArrangePhase(recorded);
        }
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

    private void ArrangePhase(RecordedRequest recorded)
    {
        switch (recorded.Word)
        {
            case "IN_QUEUE" or "created" or "queued" or "CANCELLATION_REQUESTED":
                break;
            case "IN_PROGRESS" or "processing" or "in_progress" or "running":
                LeaveQueue();
                break;
            case "cancelled":
                hub.Server.Jobs.Cancel(_job!);
                break;
            default:
                hub.Server.Jobs.Finish(_job!);
                break;
        }
    }

    private void LeaveQueue()
    {
        var job = hub.Server.Jobs.Find(_job!)!;
        var left = job.StartsAt - hub.Clock.GetUtcNow();
        hub.Clock.Advance(left > TimeSpan.Zero ? left : TimeSpan.Zero);
    }

    private static EndpointAnswer AnswerOf(RecordedRequest submit) =>
        submit.Answer!["body"] is JsonObject ? EndpointAnswer.Base64 : EndpointAnswer.Bytes;

    private string AddressOf(RecordedRequest recorded)
    {
        var path = recorded.Route is "/endpoint" ? "" : recorded.Url.AbsolutePath;
        return recorded.Route + Regex.Replace(path, "(?<=/(requests|predictions|videos|video_generation)/)[^/]+", _job ?? "")
            + recorded.Url.Query;
    }

    private static void CopyHeaders(RecordedRequest recorded, HttpRequestMessage request)
    {
        request.Headers.Authorization = null;
        foreach (var (name, value) in recorded.Json["headers"]!.AsObject().Where(header => header.Key != "content-type"))
        {
            var text = (string)value!;
            request.Headers.TryAddWithoutValidation(name, text.Replace("<REDACTED>", "hf_recorded", StringComparison.Ordinal));
        }
    }

    private static ByteArrayContent? ContentOf(RecordedRequest recorded)
    {
        if (recorded.Body is not { } body)
        {
            return null;
        }

        var isJson = (string?)body["kind"] == "json";
        var content = new ByteArrayContent(isJson
            ? Encoding.UTF8.GetBytes(RecordedScenario.WithImage(body["json"]!))
            : Convert.FromBase64String(RecordedScenario.Image));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(isJson ? "application/json" : (string)body["blobType"]!);
        return content;
    }

    private async Task LearnAsync(RecordedRequest recorded, HttpResponseMessage answer)
    {
        if (!answer.IsSuccessStatusCode || answer.Content.Headers.ContentType?.MediaType is not "application/json")
        {
            return;
        }

        var text = await answer.Content.ReadAsStringAsync();
        _film = Regex.Match(text, "http://127[^\"]*/(cdn|shrt)/[^\"]*") is { Success: true } link ? Regex.Unescape(link.Value) : _film;
        if (recorded.IsSubmit)
        {
            _job = Regex.Match(text, "\"(request_id|task_id|id)\":\"([^\"]+)\"").Groups[2].Value;
        }
    }
}
