using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;

namespace VideoGen.FakeHub.Tests.Traces;

/// <summary>Sends a scenario's requests, with the ids and links that the stand-in gave.</summary>
internal sealed class Replay(TestHub hub, RecordedScenario scenario)
{
    private readonly Arrangement _arrangement = new(hub, scenario);
    private string? _job;
    private string? _film;

    public async Task<HttpResponseMessage> SendAsync(RecordedRequest recorded)
    {
        _job = await _arrangement.PrepareAsync(recorded, _job);
        using var request = new HttpRequestMessage(new(recorded.Method), recorded.IsDownload ? _film : AddressOf(recorded));
        CopyHeaders(recorded, request);
        request.Content = ContentOf(recorded);
        var answer = await hub.Http.SendAsync(request);
        await LearnAsync(recorded, answer);
        return answer;
    }

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
        var link = Regex.Match(text, "http://127[^\"]*/(cdn|shrt)/[^\"]*");
        _film = link.Success ? Regex.Unescape(link.Value) : _film;
        if (recorded.IsSubmit)
        {
            _job = Regex.Match(text, "\"(request_id|task_id|id)\":\"([^\"]+)\"").Groups[2].Value;
        }
    }
}
