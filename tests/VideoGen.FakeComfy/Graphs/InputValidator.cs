using System.Globalization;
using System.Text.Json;
using VideoGen.FakeComfy.Files;
using VideoGen.FakeComfy.Nodes;

namespace VideoGen.FakeComfy.Graphs;

/// <summary>Checks the inputs of single nodes of a graph.</summary>
internal sealed class InputValidator(ComfySettings settings, ComfyFiles files, Graph graph)
{
    // Longer lists are not repeated in an error.
    private const int MostListed = 20;

    public IReadOnlyList<InputError> Check(GraphNode node)
    {
        var errors = new List<InputError>();
        foreach (var input in settings.FindClass(node.Class!)?.Inputs ?? [])
        {
            var error = node.Input(input.Name) is { } value
                ? CheckValue(input, value)
                : input.Required ? new("required_input_missing", "Required input is missing", input.Name, input.Name) : null;
            if (error is not null)
            {
                errors.Add(error);
            }
        }

        if (DependsOnItself(node))
        {
            errors.Add(new("dependency_cycle", "Dependency cycle detected", $"{node.Id} ({node.Class})"));
        }

        return errors;
    }

    private InputError? CheckValue(NodeInput input, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            return CheckLink(input, value);
        }

        return input.Kind switch
        {
            InputKind.Choice or InputKind.DynamicChoice => CheckChoice(input, value, input.Choices),
            InputKind.ModelFile => CheckChoice(input, value, settings.FilesOf(input.Type)),
            InputKind.Picture => files.FindInput(value.ToString()) is null
                ? new(
                    "custom_validation_failed",
                    "Custom validation failed for node",
                    $"{input.Name} - Invalid image file: {value}",
                    input.Name,
                    value)
                : null,
            _ => CheckTyped(input, value),
        };
    }

    private InputError? CheckLink(NodeInput input, JsonElement value)
    {
        if (!Graph.IsLink(value, out var id, out var output) || graph.Find(id) is not { } source)
        {
            return new(
                "bad_linked_input",
                "Bad linked input, must be a length-2 list of [node_id, slot_index]",
                input.Name,
                input.Name,
                value);
        }

        var received = settings.FindClass(source.Class!)?.OutputType(output) ?? NodeClass.AnyType;
        var asked = input.Kind == InputKind.Typed ? input.Type : "COMBO";
        return received == NodeClass.AnyType || asked is NodeClass.AnyType or "COMBO" || asked.Split('/').Contains(received)
            ? null
            : new(
                "return_type_mismatch",
                "Return type mismatch between linked nodes",
                $"{input.Name}, received_type({received}) mismatch input_type({input.Type})",
                input.Name,
                value);
    }

    private static InputError? CheckChoice(NodeInput input, JsonElement value, IReadOnlyList<string> choices)
    {
        if (choices.Contains(value.ToString(), StringComparer.Ordinal))
        {
            return null;
        }

        var list = choices.Count > MostListed
            ? $"(list of length {choices.Count})"
            : $"[{string.Join(", ", choices.Select(choice => $"'{choice}'"))}]";
        return new("value_not_in_list", "Value not in list", $"{input.Name}: '{value}' not in {list}", input.Name, value);
    }

    private static InputError? CheckTyped(NodeInput input, JsonElement value)
    {
        if (input.Type.Split('/')[0] is not ("INT" or "FLOAT"))
        {
            return null;
        }

        if (!double.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return new(
                "invalid_input_type",
                $"Failed to convert an input value to a {input.Type} value",
                $"{input.Name}, {value}",
                input.Name,
                value);
        }

        if (number < input.Min)
        {
            var message = $"Value {value} smaller than min of {Plain(input.Min.Value)}";
            return new("value_smaller_than_min", message, input.Name, input.Name, value);
        }

        if (number > input.Max)
        {
            var message = $"Value {value} bigger than max of {Plain(input.Max.Value)}";
            return new("value_bigger_than_max", message, input.Name, input.Name, value);
        }

        return null;
    }

    private bool DependsOnItself(GraphNode node) => graph.Upstream(Graph.Links(node)).Contains(node);

    private static string Plain(double number) => number.ToString(CultureInfo.InvariantCulture);
}
