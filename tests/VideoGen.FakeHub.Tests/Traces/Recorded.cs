using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace VideoGen.FakeHub.Tests.Traces;

/// <summary>One request of an official client, and the answer it was recorded with, where there is one.</summary>
internal sealed record RecordedRequest(JsonNode Json)
{
    public string Method => (string)Json["method"]!;

    public Uri Url { get; } = new((string)Json["url"]!);

    public JsonNode? Body => Json["body"];

    public JsonNode? Answer => Json["response"];

    public int? Status => (int?)Answer?["status"];

    public bool IsSubmit => Method == "POST";

    public bool IsToHub => Url.Host == "huggingface.co";

    public bool IsDownload => Method == "GET" && !IsToHub && Route is null;

    public bool IsPoll => Method == "GET" && Route is not null && !IsToHub;

    /// <summary>The first segment of the path under which the stand-in serves this host; null for hosts of downloads.</summary>
    public string? Route => Url.Host switch
    {
        "huggingface.co" => "",
        "router.huggingface.co" => "/router",
        "queue.fal.run" or "api.wavespeed.ai" or "api.together.xyz" or "api-inference.huggingface.co" => $"/{Url.Host}",
        var host when host.EndsWith(".endpoints.huggingface.cloud", StringComparison.Ordinal) => "/endpoint",
        _ => null,
    };

    /// <summary>The provider's word for where the job stands in the recorded answer.</summary>
    public string? Word =>
        (string?)((Answer?["body"] as JsonObject)?["status"] ?? (Answer?["body"] as JsonObject)?["task"]?["status"]
            ?? (Answer?["body"] as JsonObject)?["data"]?["status"]);
}

/// <summary>One recorded scenario of the trace file.</summary>
internal sealed record RecordedScenario(string Name, IReadOnlyList<RecordedRequest> Requests)
{
    private static readonly JsonNode File =
        JsonNode.Parse(System.IO.File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Traces", "huggingface-traces.json")))!;

    /// <summary>The picture that the recorder sent; the trace holds a mark in its place.</summary>
    public static string Image { get; } = (string)File["fixtures"]!["inputPngBase64"]!;

    /// <summary>The scenarios in which a request was made.</summary>
    public static IReadOnlyList<RecordedScenario> All { get; } =
        [.. File["scenarios"]!.AsArray().Select(Read).Where(scenario => scenario.Requests.Count > 0)];

    /// <summary>A recorded body with the picture back in its place.</summary>
    public static string WithImage(JsonNode body) => Regex.Replace(body.ToJsonString(Relaxed), "<(raw-)?base64 [^>]*>", Image);

    private static JsonSerializerOptions Relaxed { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static RecordedScenario Read(JsonNode? scenario) => new(
        (string)scenario!["name"]!,
        [.. from item in scenario["requests"]!.AsArray() where item["method"] is not null select new RecordedRequest(item)]);
}
