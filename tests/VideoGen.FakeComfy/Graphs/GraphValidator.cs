using VideoGen.FakeComfy.Files;

namespace VideoGen.FakeComfy.Graphs;

/// <summary>What validation says: the outputs that can run, an error if none can, and what is wrong at which nodes.</summary>
internal sealed record Validation(
    IReadOnlyList<string> Outputs, object? Error, string? ErrorType, IReadOnlyDictionary<string, object> NodeErrors);

/// <summary>Checks a graph the way ComfyUI does before it queues it.</summary>
internal sealed class GraphValidator(ComfySettings settings, ComfyFiles files)
{
    public Validation Validate(Graph graph)
    {
        var outputs = new List<string>();
        foreach (var node in graph.Nodes)
        {
            if (node.Class is null || settings.FindClass(node.Class) is not { } nodeClass)
            {
                return Refuse("missing_node_type", ValidationErrors.MissingNodeType(node));
            }

            if (nodeClass.IsOutput)
            {
                outputs.Add(node.Id);
            }
        }

        if (outputs.Count == 0)
        {
            return Refuse("prompt_no_outputs", ValidationErrors.NoOutputs);
        }

        return Check(graph, outputs);
    }

    /// <summary>Drops an output that is in order, with an error at its node.</summary>
    public static Validation Drop(Graph graph, Validation validation, string output)
    {
        var error = new InputError("exception_during_validation", "Exception when validating node", "The output is dropped");
        return validation with
        {
            Outputs = [.. validation.Outputs.Where(id => id != output)],
            NodeErrors = new Dictionary<string, object> { [output] = Describe(graph.Find(output)!, [error], [output]) },
        };
    }

    private Validation Check(Graph graph, List<string> outputs)
    {
        var inputs = new InputValidator(settings, files, graph);
        var found = new Dictionary<string, (GraphNode Node, IReadOnlyList<InputError> Errors, List<string> Outputs)>();
        var good = new List<string>();
        foreach (var output in outputs)
        {
            var wrong = graph.Upstream([output]).Select(node => (Node: node, Errors: inputs.Check(node)))
                .Where(entry => entry.Errors.Count > 0).ToList();
            if (wrong.Count == 0)
            {
                good.Add(output);
            }

            foreach (var (node, errors) in wrong)
            {
                found.TryAdd(node.Id, (node, errors, []));
                found[node.Id].Outputs.Add(output);
            }
        }

        var nodeErrors = found.ToDictionary(
            entry => entry.Key, entry => Describe(entry.Value.Node, entry.Value.Errors, entry.Value.Outputs));
        if (good.Count > 0)
        {
            return new(good, null, null, nodeErrors);
        }

        var lines = string.Join('\n', found.Values.SelectMany(entry => entry.Errors).Select(error => error.Line));
        const string Type = "prompt_outputs_failed_validation";
        return new([], ValidationErrors.Error(Type, "Prompt outputs failed validation", lines), Type, nodeErrors);
    }

    private static object Describe(GraphNode node, IReadOnlyList<InputError> errors, IReadOnlyList<string> outputs) =>
        new { errors = errors.Select(error => error.ToWire()).ToArray(), dependent_outputs = outputs, class_type = node.Class };

    private static Validation Refuse(string type, object error) => new([], error, type, new Dictionary<string, object>());
}
