using System.Text.Json.Nodes;

namespace VideoGen.FakeHub.Router;

internal static class JsonReading
{
    /// <summary>The text at a path of names, or null when something else or nothing is there.</summary>
    public static string? Text(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            node = (node as JsonObject)?[name];
        }

        return node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
    }

    /// <summary>The objects of the list under a name.</summary>
    public static IEnumerable<JsonObject> Objects(this JsonObject map, string name) =>
        (map[name] as JsonArray)?.OfType<JsonObject>() ?? [];
}
