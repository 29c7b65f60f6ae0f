using System.Text.Json;
using VideoGen.FakeComfy.Graphs;

namespace VideoGen.FakeComfy.Prompts;

/// <summary>The body of a submit. With an error there is no id, and with some errors no graph.</summary>
internal sealed record Submit
{
    private static readonly Dictionary<string, JsonElement> Nothing = [];

    public string? AskedId { get; private init; }

    public string? Id { get; private init; }

    public string? ClientId { get; private init; }

    public Graph? Graph { get; private init; }

    /// <summary>The number that the client chose.</summary>
    public double? Number { get; private init; }

    /// <summary>Whether it goes before what waits.</summary>
    public bool IsFirst { get; private init; }

    public IReadOnlyDictionary<string, JsonElement> Extra { get; private init; } = Nothing;

    public string? ErrorType { get; private init; }

    public object? Error { get; private init; }

    public static Submit Read(JsonElement body, bool takesIds)
    {
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("prompt", out var prompt))
        {
            return new() { ErrorType = "no_prompt", Error = ValidationErrors.NoPrompt };
        }

        var asked = body.TryGetProperty("prompt_id", out var id) && id.ValueKind != JsonValueKind.Null ? id.ToString() : null;
        if (MistakeOf(prompt) is { } details)
        {
            return new() { AskedId = asked, ErrorType = "invalid_prompt", Error = ValidationErrors.InvalidPrompt(details) };
        }

        var submit = new Submit
        {
            AskedId = asked,
            Id = takesIds && asked is not null ? asked : Guid.NewGuid().ToString("D"),
            ClientId = Text(body, "client_id"),
            Graph = new(prompt),
            Number = body.TryGetProperty("number", out var number) && number.ValueKind == JsonValueKind.Number
                ? number.GetDouble()
                : null,
            IsFirst = body.TryGetProperty("front", out var front) && front.ValueKind == JsonValueKind.True,
            Extra = body.TryGetProperty("extra_data", out var extra) && extra.ValueKind == JsonValueKind.Object
                ? extra.EnumerateObject().ToDictionary(property => property.Name, property => property.Value)
                : Nothing,
        };
        return takesIds && asked is not null && !IsCanonical(id)
            ? submit with { ErrorType = "invalid_prompt_id", Error = ValidationErrors.InvalidId }
            : submit;
    }

    /// <summary>Whether the value is a UUID in lower case with hyphens, which is all that ComfyUI takes.</summary>
    public static bool IsCanonical(JsonElement id) => id.ValueKind == JsonValueKind.String
        && Guid.TryParseExact(id.GetString(), "D", out var parsed) && parsed.ToString("D") == id.GetString();

    private static string? MistakeOf(JsonElement prompt)
    {
        if (prompt.ValueKind != JsonValueKind.Object)
        {
            return "The prompt is not an object";
        }

        if (prompt.TryGetProperty("nodes", out var nodes) && nodes.ValueKind == JsonValueKind.Array)
        {
            return "This is a saved workflow with nodes and links: export it with Export (API)";
        }

        return prompt.EnumerateObject().Any(node => node.Value.ValueKind != JsonValueKind.Object)
            ? "A node is not an object"
            : null;
    }

    private static string? Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
