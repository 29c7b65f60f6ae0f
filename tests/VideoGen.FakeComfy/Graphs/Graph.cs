using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace VideoGen.FakeComfy.Graphs;

/// <summary>One node of a graph in the API format.</summary>
internal sealed record GraphNode(string Id, string? Class, string? Title, JsonElement Inputs)
{
    public JsonElement? Input(string name) =>
        Inputs.ValueKind == JsonValueKind.Object && Inputs.TryGetProperty(name, out var value) ? value : null;
}

/// <summary>A graph in the API format: <c>{nodeId:{class_type, inputs, _meta}}</c>; a link is <c>[nodeId, output]</c>.</summary>
internal sealed class Graph
{
    private const int MostHops = 16;

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<string, GraphNode> _nodes = [];

    public Graph(JsonElement prompt)
    {
        Prompt = prompt;
        foreach (var (id, node) in prompt.EnumerateObject().Select(property => (property.Name, property.Value)))
        {
            _nodes[id] = new(
                id,
                Text(node, "class_type"),
                node.TryGetProperty("_meta", out var meta) && meta.ValueKind == JsonValueKind.Object ? Text(meta, "title") : null,
                node.TryGetProperty("inputs", out var inputs) ? inputs : default);
        }

        Source = JsonSerializer.Serialize(prompt, Relaxed);
        Seed = FindValue("seed") ?? FindValue("noise_seed");
        Prefix = FindValue("filename_prefix");
    }

    public JsonElement Prompt { get; }

    /// <summary>The graph as JSON, with its texts as they are.</summary>
    public string Source { get; }

    public string? Seed { get; }

    public string? Prefix { get; }

    public IReadOnlyCollection<GraphNode> Nodes => _nodes.Values;

    public GraphNode? Find(string id) => _nodes.GetValueOrDefault(id);

    /// <summary>Whether the value is a link, and to what.</summary>
    public static bool IsLink(JsonElement value, [NotNullWhen(true)] out string? id, out int output)
    {
        (id, output) = (null, 0);
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() != 2
            || value[0].ValueKind is not (JsonValueKind.String or JsonValueKind.Number)
            || value[1].ValueKind != JsonValueKind.Number || !value[1].TryGetInt32(out output))
        {
            return false;
        }

        id = value[0].ToString();
        return true;
    }

    /// <summary>The value of an input, through the links to nodes that only hold a value.</summary>
    public JsonElement? Value(GraphNode node, string input)
    {
        var value = node.Input(input);
        for (var hop = 0; hop < MostHops && value is { } link && IsLink(link, out var id, out _); hop++)
        {
            value = Find(id) is { } holder ? holder.Input("value") ?? holder.Input("Number") : null;
        }

        return value is { ValueKind: JsonValueKind.Array } ? null : value;
    }

    public double? Number(GraphNode node, string input) => Value(node, input) switch
    {
        { ValueKind: JsonValueKind.Number } number => number.GetDouble(),
        { ValueKind: JsonValueKind.String } text when double.TryParse(
            text.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) => parsed,
        _ => null,
    };

    /// <summary>The node and all that it links to, those first that others need.</summary>
    public IReadOnlyList<GraphNode> Upstream(IEnumerable<string> outputs)
    {
        var order = new List<GraphNode>();
        var seen = new HashSet<string>();
        foreach (var output in outputs)
        {
            Visit(output, seen, order);
        }

        return order;
    }

    private void Visit(string id, HashSet<string> seen, List<GraphNode> order)
    {
        if (Find(id) is not { } node || !seen.Add(id))
        {
            return;
        }

        foreach (var link in Links(node))
        {
            Visit(link, seen, order);
        }

        order.Add(node);
    }

    /// <summary>The nodes that a node links to.</summary>
    public static IEnumerable<string> Links(GraphNode node)
    {
        if (node.Inputs.ValueKind != JsonValueKind.Object)
        {
            yield break;
        }

        foreach (var input in node.Inputs.EnumerateObject())
        {
            if (IsLink(input.Value, out var id, out _))
            {
                yield return id;
            }
        }
    }

    private string? FindValue(string input) => Nodes.Select(node => Value(node, input))
        .FirstOrDefault(value => value is { ValueKind: JsonValueKind.Number or JsonValueKind.String })?.ToString();

    private static string? Text(JsonElement node, string name) =>
        node.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
