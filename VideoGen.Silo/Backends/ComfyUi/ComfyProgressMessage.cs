using System.Text.Json;
using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Backends.ComfyUi;

/// <summary>Reads the progress in a message of ComfyUI's websocket.</summary>
internal static class ComfyProgressMessage
{
    /// <summary>
    /// Progress from 0 to 1. <c>progress_state</c> has all nodes that have begun, of which the slowest is the sampler; the older
    /// <c>progress</c> has the one that runs. Null for other messages.
    /// </summary>
    public static double? Read(string? type, JsonElement data) => type switch
    {
        "progress" => Share(data),
        "progress_state" when data.Get("nodes") is { ValueKind: JsonValueKind.Object } nodes => nodes.EnumerateObject()
            .Where(node => node.Value.Get("max") is { ValueKind: JsonValueKind.Number } max && max.GetDouble() > 1)
            .Select(node => Share(node.Value)).OfType<double>().DefaultIfEmpty(0).Average(),
        _ => null,
    };

    private static double? Share(JsonElement data) =>
        data.Get("value") is { ValueKind: JsonValueKind.Number } value
        && data.Get("max") is { ValueKind: JsonValueKind.Number } max
        && max.GetDouble() > 0
            ? Math.Clamp(value.GetDouble() / max.GetDouble(), 0, 1)
            : null;
}
