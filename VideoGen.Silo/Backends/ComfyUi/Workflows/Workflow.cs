using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace VideoGen.Silo.Backends.ComfyUi.Workflows;

/// <summary>
/// A ComfyUI graph in API format (<c>{"id":{"class_type":…,"inputs":{…},"_meta":{"title":…}}}</c>), and the places in it that
/// take the values of a request.
/// </summary>
internal sealed class Workflow
{
    private static readonly string[] RateInputs = ["fps", "frame_rate"];

    private readonly JsonObject _graph;

    private Workflow(JsonObject graph, ImmutableDictionary<string, ImmutableArray<SlotPlace>> slots)
    {
        (_graph, Slots) = (graph, slots);
        Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(graph.ToJsonString())));
    }

    /// <summary>The places of each slot that the graph has.</summary>
    public ImmutableDictionary<string, ImmutableArray<SlotPlace>> Slots { get; }

    /// <summary>The SHA-256 of the graph, in lower-case hex.</summary>
    public string Hash { get; }

    /// <summary>The node classes of the graph.</summary>
    public IEnumerable<string> Classes => Nodes.Select(node => node.Value.ClassType).Distinct(StringComparer.Ordinal);

    /// <summary>
    /// The frames a second that the graph has itself, where it has no slot for them; null when that is not to be seen.
    /// </summary>
    public int? FixedRate => Slots.ContainsKey(SlotNames.Fps) ? null : Nodes
        .SelectMany(node => RateInputs.Select(input => node.Value.Inputs[input]))
        .OfType<JsonValue>().Select(rate => rate.TryGetValue<double>(out var number) ? (int?)Math.Round(number) : null)
        .FirstOrDefault(rate => rate is > 0);

    private IEnumerable<KeyValuePair<string, GraphNode>> Nodes =>
        _graph.Select(node => KeyValuePair.Create(node.Key, new GraphNode(node.Value!.AsObject())));

    /// <summary>Reads a workflow.</summary>
    /// <exception cref="InvalidDataException">It cannot be used; the message says why.</exception>
    public static Workflow Parse(string json)
    {
        var graph = Read(json);
        if (graph["nodes"] is JsonArray && graph["links"] is JsonArray)
        {
            throw new InvalidDataException(
                "It is in the format of the editor. Export it with File, Export (API) in ComfyUI.");
        }

        if (graph.FirstOrDefault(node => !GraphNode.IsNode(node.Value)) is { Key: not null } stray)
        {
            throw new InvalidDataException($"\"{stray.Key}\" is not a node with class_type and inputs.");
        }

        var slots = SlotBinding.Of(graph);
        foreach (var needed in SlotNames.Needed.Where(slot => !slots.ContainsKey(slot)))
        {
            throw new InvalidDataException(
                $"Nothing in it takes the {needed}: write {{{{{needed}}}}} as a value, or title a node \"VideoGen: {needed}\".");
        }

        return new Workflow(graph, slots);
    }

    /// <summary>
    /// Whether a slot is a mark, which must not be sent as it is; a node that is bound by its title has a value.
    /// </summary>
    public bool HasMark(string slot) => Slots.TryGetValue(slot, out var places)
        && places.Any(place => SlotBinding.IsMark(_graph[place.Node]!["inputs"]![place.Input]));

    /// <summary>The graph with the values of a request; a place whose slot has no value keeps its own.</summary>
    public JsonObject Fill(IReadOnlyDictionary<string, JsonNode> values)
    {
        var filled = _graph.DeepClone().AsObject();
        foreach (var (slot, places) in Slots)
        {
            foreach (var place in places)
            {
                if (values.GetValueOrDefault(slot) is { } value)
                {
                    filled[place.Node]!["inputs"]![place.Input] = value.DeepClone();
                }
            }
        }

        return filled;
    }

    /// <summary>The texts and numbers that the graph itself sets, by node class and input.</summary>
    public IEnumerable<(string Class, string Input, JsonValue Value)> Literals()
    {
        var bound = Slots.Values.SelectMany(places => places).ToHashSet();
        return Nodes.SelectMany(node => node.Value.Inputs
            .Where(input => input.Value is JsonValue && !bound.Contains(new SlotPlace(node.Key, input.Key)))
            .Select(input => (node.Value.ClassType, input.Key, (JsonValue)input.Value!)));
    }

    /// <summary>The class and title of a node, for people.</summary>
    public string Describe(string node) => new GraphNode(_graph[node]!.AsObject()) is { Title: { } title } titled
        ? $"{node} ({titled.ClassType}, \"{title}\")"
        : $"{node} ({new GraphNode(_graph[node]!.AsObject()).ClassType})";

    private static JsonObject Read(string json)
    {
        try
        {
            return JsonNode.Parse(json) as JsonObject is { Count: > 0 } graph
                ? graph
                : throw new InvalidDataException("It is not a JSON object with nodes.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"It is not JSON: {exception.Message}", exception);
        }
    }
}

/// <summary>An input of a node that takes a value of a request.</summary>
internal readonly record struct SlotPlace(string Node, string Input);

/// <summary>One node of a graph.</summary>
internal readonly record struct GraphNode(JsonObject Json)
{
    public string ClassType => (string)Json["class_type"]!;

    public JsonObject Inputs => Json["inputs"]!.AsObject();

    public string? Title => (Json["_meta"] as JsonObject)?["title"] is JsonValue title && title.TryGetValue<string>(out var text)
        ? text
        : null;

    public static bool IsNode(JsonNode? json) => json is JsonObject node && node["inputs"] is JsonObject
        && node["class_type"] is JsonValue type && type.TryGetValue<string>(out _);
}
