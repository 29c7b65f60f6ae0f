namespace VideoGen.FakeComfy.Graphs;

/// <summary>An error as ComfyUI writes it.</summary>
internal static class ValidationErrors
{
    public static object Error(string type, string message, string details = "", object? extra = null) =>
        new { type, message, details, extra_info = extra ?? new object() };

    /// <summary>The body of a 400.</summary>
    public static object Body(object error, object? nodeErrors = null) => new { error, node_errors = nodeErrors ?? new object() };

    public static object NoPrompt => Error("no_prompt", "No prompt provided", "No prompt provided");

    public static object InvalidId => Error(
        "invalid_prompt_id",
        "prompt_id must be a valid UUID",
        "prompt_id must be a UUID string in canonical lowercase hyphenated form; omit it to let the server generate one");

    public static object NoOutputs => Error("prompt_no_outputs", "Prompt has no outputs");

    public static object InvalidPrompt(string details) =>
        Error("invalid_prompt", "The prompt is not a graph in the API format", details);

    public static object MissingNodeType(GraphNode node)
    {
        var title = node.Title ?? node.Class;
        var message = node.Class is null
            ? $"Node '{title ?? $"ID #{node.Id}"}' has no class_type. The workflow may be corrupted or a custom node is missing."
            : $"Node '{title}' not found. The custom node may not be installed.";
        return Error(
            "missing_node_type",
            message,
            $"Node ID '#{node.Id}'",
            new { node_id = node.Id, class_type = node.Class, node_title = title });
    }
}

/// <summary>What is wrong with one input of a node.</summary>
internal sealed record InputError(string Type, string Message, string Details, string? Input = null, object? Received = null)
{
    public object ToWire() => ValidationErrors.Error(
        Type,
        Message,
        Details,
        Input is null ? null : new { input_name = Input, input_config = (object?)null, received_value = Received });

    public string Line => $"{Message}: {Details}";
}
