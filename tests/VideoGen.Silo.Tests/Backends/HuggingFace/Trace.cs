using System.Text;
using System.Text.Json.Nodes;

namespace VideoGen.Silo.Tests.Backends.HuggingFace;

/// <summary>One recorded scenario of an official client: its requests, and the answers that it got.</summary>
internal sealed record Trace(string Name, IReadOnlyList<TracedRequest> Requests)
{
    private static readonly JsonNode File = JsonNode.Parse(
        System.IO.File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Traces", "huggingface-traces.json")))!;

    public static byte[] Picture { get; } = Convert.FromBase64String((string)File["fixtures"]!["inputPngBase64"]!);

    public static byte[] Film { get; } = Convert.FromBase64String((string)File["fixtures"]!["outputMp4Base64"]!);

    public static Trace Get(string name) => All().Single(trace => trace.Name == name);

    public static IEnumerable<Trace> All() => File["scenarios"]!.AsArray()
        .Where(scenario => !((string)scenario!["name"]!).StartsWith("py/", StringComparison.Ordinal))
        .Select(scenario => new Trace((string)scenario!["name"]!, [.. scenario["requests"]!.AsArray().Select(Read)]));

    public string Model => Requests[0].Url.Split("/api/models/")[1].Split('?')[0];

    public TracedRequest Order => Requests.First(request => request.Method == "POST");

    private static TracedRequest Read(JsonNode? request) => new(
        (string)request!["method"]!,
        (string)request["url"]!,
        request["headers"]!.AsObject().ToDictionary(header => header.Key, header => (string)header.Value!),
        request["body"]?["json"] as JsonObject,
        (int?)request["response"]?["status"] ?? 0,
        request["response"]?["headers"]?.AsObject().Select(header => (header.Key, (string)header.Value!)).ToArray() ?? [],
        ReadBody(request["response"]?["body"]));

    private static byte[] ReadBody(JsonNode? body) => body switch
    {
        JsonValue text when (string)text! == "<32 bytes>" => Film,
        JsonValue text => Encoding.UTF8.GetBytes((string)text!),
        null => [],
        _ => Encoding.UTF8.GetBytes(body.ToJsonString()),
    };
}

internal sealed record TracedRequest(
    string Method, string Url, IReadOnlyDictionary<string, string> Headers, JsonObject? Body, int Status,
    (string Name, string Value)[] ResponseHeaders, byte[] ResponseBody);
