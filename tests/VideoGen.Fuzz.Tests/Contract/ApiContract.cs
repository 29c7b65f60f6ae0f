using System.Globalization;
using System.Text.Json;

namespace VideoGen.Fuzz.Tests.Contract;

/// <summary>
/// The OpenAPI document as a running server hands it out: whatever it lists is driven, and nothing else is known.
/// </summary>
internal sealed class ApiContract
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "patch"];

    private ApiContract(JsonElement document)
    {
        Schemas = new Schemas(document.GetProperty("components").GetProperty("schemas"));
        Operations = [.. document.GetProperty("paths").EnumerateObject().SelectMany(OperationsOf)];
    }

    public Schemas Schemas { get; }

    public IReadOnlyList<Operation> Operations { get; }

    public static ApiContract Read(string document) => new(JsonDocument.Parse(document).RootElement);

    /// <summary>The methods that the document lists for the path of this operation.</summary>
    public bool Documents(string path, string method) => Operations.Any(
        operation => operation.Path == path && operation.Method.Method == method);

    private static IEnumerable<Operation> OperationsOf(JsonProperty path) => path.Value.EnumerateObject()
        .Where(method => Methods.Contains(method.Name))
        .Select(method => Read(path.Name, method.Name, method.Value));

    private static Operation Read(string path, string method, JsonElement json) => new(
        json.GetProperty("operationId").GetString()!,
        new HttpMethod(method.ToUpperInvariant()),
        path,
        // The document says so in words: every route except the media and the OpenAI dialect is there under both prefixes.
        HasAlias: !path.StartsWith("/v1/", StringComparison.Ordinal)
            && !json.GetProperty("tags").EnumerateArray().Any(tag => tag.GetString() == "Media"),
        json.TryGetProperty("parameters", out var parameters) ? [.. parameters.EnumerateArray().Select(Read)] : [],
        json.TryGetProperty("requestBody", out var body) ? Content(body) : new Dictionary<string, JsonElement>(),
        json.GetProperty("responses").EnumerateObject().ToDictionary(
            answer => int.Parse(answer.Name, CultureInfo.InvariantCulture), answer => Content(answer.Value)));

    private static Parameter Read(JsonElement json) => new(
        json.GetProperty("name").GetString()!, json.GetProperty("in").GetString()!, json.GetProperty("schema"));

    private static Dictionary<string, JsonElement> Content(JsonElement json) =>
        json.TryGetProperty("content", out var content)
            ? content.EnumerateObject().ToDictionary(type => type.Name, type => type.Value.GetProperty("schema"))
            : [];
}
