using System.Text.Json;
using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Backends.HuggingFace.Providers;

/// <summary>
/// One provider that serves a model: the provider's id for it, the task it is registered for, and whether it is live.
/// </summary>
internal sealed record ProviderMapping(string Provider, ProviderModel Model, string Task, string Status)
{
    private const int Most = 100;
    private const int Longest = 200;

    /// <summary>
    /// Reads <c>inferenceProviderMapping</c> in the Hub's order, which is its order of preference. Object form:
    /// <c>{"fal-ai":{"status":"live","providerId":"…","task":"image-to-video"}}</c>; list form: <c>[{"provider":"fal-ai",…}]</c>.
    /// It is missing for a model that no provider serves.
    /// </summary>
    public static IReadOnlyList<ProviderMapping> ReadAll(JsonElement model) => model.Get("inferenceProviderMapping") switch
    {
        { ValueKind: JsonValueKind.Object } map =>
            [.. map.EnumerateObject().Select(entry => Read(entry.Name, entry.Value)).OfType<ProviderMapping>().Take(Most)],
        { ValueKind: JsonValueKind.Array } list =>
            [.. list.EnumerateArray().Select(entry => Read(entry.Text("provider"), entry)).OfType<ProviderMapping>().Take(Most)],
        _ => [],
    };

    private static ProviderMapping? Read(string? provider, JsonElement entry) =>
        provider is { Length: <= Longest } && entry.Text("providerId") is { } id && IsPath(id)
            && entry.Text("task") is { Length: <= Longest } task
            ? new ProviderMapping(provider, new ProviderModel(id, WeightsOf(entry)), task, entry.Text("status") ?? "live")
            : null;

    private static string? WeightsOf(JsonElement entry) =>
        entry.Text("adapter") == "lora" && entry.Text("adapterWeightsPath") is { } path && IsPath(path) ? path : null;

    // The id becomes part of a URL and must not change its path.
    private static bool IsPath(string id) => id.Length <= Longest && !id.Contains("..", StringComparison.Ordinal)
        && id.All(character => char.IsAsciiLetterOrDigit(character) || "/._-:@+".Contains(character, StringComparison.Ordinal));
}
