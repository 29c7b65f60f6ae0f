using System.Text.Json;
using VideoGen.Grains.Backends;
using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Backends.OpenAiVideos.Verdicts;

/// <summary>Reads what an answer says about a job: its id and paths, and the address of its video.</summary>
internal static class VideoJob
{
    // LiteLLM's ids contain the route to the provider, in base64.
    private const int LongestId = 500;

    // The URL is stored with the generation. Signed URLs have about two thousand characters.
    private const int LongestUrl = 8_192;

    /// <summary>
    /// The job of an answer to a create. One that is finished already (NVIDIA Dynamo renders during the call) has the address of
    /// its video as result, and no status.
    /// </summary>
    public static RenderJob? Read(JsonElement json)
    {
        var id = json.Identifier("id", LongestId) ?? json.Identifier("task_id", LongestId);
        if (JobStates.Of(json.Text("status")) is JobState.Done && FirstOutput(json) is { } url)
        {
            return new RenderJob(id ?? "finished", ResultPath: url);
        }

        return id is null ? null : Of(id);
    }

    /// <summary>Ids may contain <c>+ / =</c>, and are one segment of the path.</summary>
    public static RenderJob Of(string id)
    {
        var path = $"/v1/videos/{Uri.EscapeDataString(id)}";
        return new RenderJob(id, path, $"{path}/content", path);
    }

    /// <summary>The address of the video where the server does not keep it itself.</summary>
    public static string? Address(JsonElement json) => Url(json) ?? FirstOutput(json);

    private static string? FirstOutput(JsonElement json) =>
        json.Items("data").FirstOrDefault() is { ValueKind: JsonValueKind.Object } output ? Url(output) : null;

    private static string? Url(JsonElement json) => json.Text("url") is { Length: <= LongestUrl } url
        && Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? url : null;
}
