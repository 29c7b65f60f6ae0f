using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using VideoGen.Silo.Backends.ComfyUi.Workflows;
using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Backends.ComfyUi;

/// <summary>
/// What a server knows about node classes (<c>/object_info</c>), remembered for a few minutes: an operator installs nodes and
/// models while we run.
/// </summary>
internal sealed class NodeCatalog(ComfyCalls calls, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, (JsonElement? Info, long At)> _known = new(StringComparer.Ordinal);

    /// <summary>What a workflow lacks at this server, and whether it costs money; null when the server did not answer.</summary>
    public async Task<WorkflowNeeds?> CheckAsync(Workflow workflow, CancellationToken cancellationToken)
    {
        var infos = new Dictionary<string, JsonElement?>(StringComparer.Ordinal);
        foreach (var type in workflow.Classes)
        {
            if (await FindAsync(type, cancellationToken) is not (true, var info))
            {
                return null;
            }

            infos[type] = info;
        }

        return new WorkflowNeeds(
            [.. infos.Where(info => info.Value is null).Select(info => info.Key)],
            [.. workflow.Literals().Where(literal => Lacks(infos[literal.Class], literal.Input, literal.Value))
                .Select(literal => $"{literal.Value} for {literal.Input} of {literal.Class}")],
            [.. infos.Where(info => IsPartner(info.Value)).Select(info => info.Key)]);
    }

    /// <summary>Makes the next check ask again, because the server has just contradicted what is remembered.</summary>
    public void Forget() => _known.Clear();

    private async Task<(bool IsKnown, JsonElement? Info)> FindAsync(string type, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(type, out var known) && time.GetElapsedTime(known.At) < Fresh)
        {
            return (true, known.Info);
        }

        if (await calls.NodeAsync(type, cancellationToken) is not Exchange.Reply { IsSuccess: true, Json: { } json })
        {
            return (false, null);
        }

        var info = json.Get(type);
        _known[type] = (info, time.GetTimestamp());
        return (true, info);
    }

    /// <summary>Whether an input is a list of choices, such as the model files that are installed, and lacks the value.</summary>
    private static bool Lacks(JsonElement? info, string input, JsonNode value)
    {
        if (info?.Get("input") is not { } inputs
            || (inputs.Get("required")?.Get(input) ?? inputs.Get("optional")?.Get(input))
                is not { ValueKind: JsonValueKind.Array } spec
            || spec.GetArrayLength() == 0)
        {
            return false;
        }

        // [["a","b"], {…}] in older versions, ["COMBO", {"options":["a","b"]}] in newer ones, and
        // ["COMFY_DYNAMICCOMBO_V3", {"options":[{"key":"a","inputs":{…}}]}] where a choice has inputs of its own (SaveVideo).
        var choices = spec[0].ValueKind is JsonValueKind.Array ? spec[0]
            : spec.GetArrayLength() > 1 && spec[1].Get("options") is { ValueKind: JsonValueKind.Array } options ? options
            : (JsonElement?)null;
        return choices is { } list && !list.EnumerateArray().Any(choice => Said(choice) == value.ToString());
    }

    private static string Said(JsonElement choice) => choice.ValueKind switch
    {
        JsonValueKind.String => choice.GetString()!,
        JsonValueKind.Object => choice.Text("key") ?? "",
        _ => choice.GetRawText(),
    };

    private static bool IsPartner(JsonElement? info) => info?.Get("api_node") is { ValueKind: JsonValueKind.True };
}

/// <summary>
/// The node classes that a server lacks, the choices that it does not offer (mostly model files that are not installed), and the
/// partner nodes, which call paid services of others.
/// </summary>
internal sealed record WorkflowNeeds(
    IReadOnlyList<string> MissingClasses, IReadOnlyList<string> MissingChoices, IReadOnlyList<string> PartnerNodes)
{
    public bool IsMet => MissingClasses.Count + MissingChoices.Count == 0;

    public bool CostsMoney => PartnerNodes.Count > 0;

    /// <summary>What is missing, as the end of a sentence.</summary>
    public string Missing => string.Join("; ", new[]
    {
        MissingClasses.Count > 0 ? $"the node classes {string.Join(", ", MissingClasses)} (custom nodes that are not installed)"
            : null,
        MissingChoices.Count > 0 ? $"the values {string.Join(", ", MissingChoices)} (model files that are not installed)" : null,
    }.OfType<string>());
}
