using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace VideoGen.Silo.Backends.ComfyUi.Workflows;

/// <summary>
/// Finds the places that take the values of a request: a value that is <c>{{seed}}</c> and nothing else, or a node whose title
/// is <c>VideoGen: seed</c> (or several, as in <c>VideoGen: width, height</c>), where the input is chosen by its name.
/// </summary>
internal static partial class SlotBinding
{
    private const string TitlePrefix = "VideoGen:";

    /// <summary>
    /// The names that inputs have in the core nodes and in the commonest custom ones; the first that exists is taken.
    /// </summary>
    private static readonly Dictionary<string, string[]> Inputs = new(StringComparer.Ordinal)
    {
        [SlotNames.Picture] = ["image"],
        [SlotNames.Prompt] = ["text", "prompt", "positive_prompt", "value"],
        [SlotNames.NegativePrompt] = ["negative_prompt", "text", "prompt", "value"],
        [SlotNames.Seed] = ["seed", "noise_seed", "value"],
        [SlotNames.Width] = ["width", "value"],
        [SlotNames.Height] = ["height", "value"],
        [SlotNames.Frames] = ["length", "num_frames", "frames", "video_frames", "batch_size", "value"],
        [SlotNames.Fps] = ["fps", "frame_rate", "value"],
        [SlotNames.Length] = ["duration", "seconds", "value"],
        [SlotNames.Output] = ["filename_prefix"],
    };

    /// <summary>Those of further pictures.</summary>
    private static readonly string[] PictureInputs = ["image"];

    /// <exception cref="InvalidDataException">A slot does not exist, or a node has no input for it.</exception>
    public static ImmutableDictionary<string, ImmutableArray<SlotPlace>> Of(JsonObject graph) => graph
        .SelectMany(node => ByValue(node.Key, new GraphNode(node.Value!.AsObject()))
            .Concat(ByTitle(node.Key, new GraphNode(node.Value!.AsObject()))))
        .GroupBy(found => found.Slot, found => found.Place, StringComparer.Ordinal)
        .ToImmutableDictionary(slot => slot.Key, slot => slot.Distinct().ToImmutableArray(), StringComparer.Ordinal);

    public static bool IsMark(JsonNode? value) =>
        value is JsonValue text && text.TryGetValue<string>(out var said) && Mark().IsMatch(said);

    private static IEnumerable<(string Slot, SlotPlace Place)> ByValue(string id, GraphNode node)
    {
        foreach (var (input, value) in node.Inputs)
        {
            if (value is JsonValue text && text.TryGetValue<string>(out var said) && Mark().Match(said) is { Success: true } mark)
            {
                yield return (Known(mark.Groups["slot"].Value, id), new SlotPlace(id, input));
            }
        }
    }

    private static IEnumerable<(string Slot, SlotPlace Place)> ByTitle(string id, GraphNode node)
    {
        if (node.Title?.Trim() is not { } title || !title.StartsWith(TitlePrefix, StringComparison.OrdinalIgnoreCase))
        {
            yield break;
        }

        foreach (var name in title[TitlePrefix.Length..].Split(
            ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var slot = Known(name, id);
            var inputs = Inputs.GetValueOrDefault(slot, PictureInputs);
            var input = inputs.FirstOrDefault(node.Inputs.ContainsKey) ?? throw new InvalidDataException(
                $"Node {id} is titled \"{title}\" but has no input {string.Join(", ", inputs)}.");
            yield return (slot, new SlotPlace(id, input));
        }
    }

    private static string Known(string name, string node)
    {
        var slot = name.ToLowerInvariant();
        return SlotNames.All.Contains(slot) ? slot : throw new InvalidDataException(
            $"Node {node} names the slot \"{name}\". The slots are {string.Join(", ", SlotNames.All)}.");
    }

    [GeneratedRegex(@"^\s*\{\{\s*(?<slot>\w+)\s*\}\}\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Mark();
}
