using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace VideoGen.Fuzz.Tests.Contract;

/// <summary>The schemas of the document. OpenAPI 3.1 schemas are JSON Schema 2020-12; only where they lie differs.</summary>
internal sealed class Schemas
{
    private const string Reference = "#/components/schemas/";

    private static readonly EvaluationOptions WithReasons = new() { OutputFormat = OutputFormat.List };

    private readonly ConcurrentDictionary<string, JsonSchema> _open = [];
    private readonly ConcurrentDictionary<string, JsonSchema> _closed = [];
    private readonly JsonElement _definitions;
    private readonly JsonObject _openDefinitions;
    private readonly JsonObject _closedDefinitions;

    public Schemas(JsonElement definitions)
    {
        _definitions = definitions;
        _openDefinitions = (JsonObject)JsonNode.Parse(Local(definitions))!;
        _closedDefinitions = (JsonObject)_openDefinitions.DeepClone();
        foreach (var (name, schema) in _closedDefinitions)
        {
            // RFC 9457 §3.2: a problem may carry more than is known of it.
            if (schema is JsonObject { } named && named.ContainsKey("properties") && name != "ProblemDetails")
            {
                named["additionalProperties"] = false;
            }
        }
    }

    /// <summary>The schema itself, where it is a reference to one.</summary>
    public JsonElement Resolve(JsonElement schema) => schema.TryGetProperty("$ref", out var reference)
        ? Resolve(_definitions.GetProperty(reference.GetString()![Reference.Length..]))
        : schema;

    /// <summary>Whether a value of a request is allowed.</summary>
    public bool Allows(JsonElement schema, JsonElement value) => Get(_open, schema, _openDefinitions).Evaluate(value).IsValid;

    /// <summary>
    /// What is wrong with an answer, properties that the document does not mention included; null when nothing is.
    /// </summary>
    public string? Complaint(JsonElement schema, JsonElement value)
    {
        var built = Get(_closed, schema, _closedDefinitions);
        return built.Evaluate(value).IsValid ? null : string.Join("; ", (built.Evaluate(value, WithReasons).Details ?? [])
            .Where(detail => detail.Errors is { Count: > 0 })
            .Select(detail => $"{detail.InstanceLocation}: {string.Join(", ", detail.Errors!.Values)}")
            .Distinct());
    }

    private static JsonSchema Get(ConcurrentDictionary<string, JsonSchema> built, JsonElement schema, JsonObject definitions) =>
        built.GetOrAdd(schema.GetRawText(), _ => JsonSchema.FromText(new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["allOf"] = new JsonArray(JsonNode.Parse(Local(schema))),
            ["$defs"] = definitions.DeepClone(),
        }.ToJsonString()));

    private static string Local(JsonElement schema) =>
        schema.GetRawText().Replace(Reference, "#/$defs/", StringComparison.Ordinal);
}
