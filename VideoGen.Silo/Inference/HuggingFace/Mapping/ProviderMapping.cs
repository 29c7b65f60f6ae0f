using System.Text.Json;
using VideoGen.Silo.Inference.HuggingFace.Providers;
using VideoGen.Silo.Inference.HuggingFace.Wire;

namespace VideoGen.Silo.Inference.HuggingFace.Mapping;

/// <summary>One provider that serves a model: its own id of it, the task it is registered for, and whether it is live.</summary>
internal sealed record ProviderMapping(string Provider, ProviderModel Model, string Task, string Status)
{
    /// <summary>
    /// Reads <c>inferenceProviderMapping</c> in the Hub's order, which is its order of preference. Object form:
    /// <c>{"fal-ai":{"status":"live","providerId":"…","task":"image-to-video"}}</c>; list form: <c>[{"provider":"fal-ai",…}]</c>.
    /// A model that nobody serves comes without it.
    /// </summary>
    public static IReadOnlyList<ProviderMapping> ReadAll(JsonElement model) => model.Get("inferenceProviderMapping") switch
    {
        { ValueKind: JsonValueKind.Object } map =>
            [.. map.EnumerateObject().Select(entry => Read(entry.Name, entry.Value)).OfType<ProviderMapping>()],
        { ValueKind: JsonValueKind.Array } list =>
            [.. list.EnumerateArray().Select(entry => Read(entry.Text("provider"), entry)).OfType<ProviderMapping>()],
        _ => [],
    };

    private static ProviderMapping? Read(string? provider, JsonElement entry) =>
        provider is not null && entry.Text("providerId") is { } id && entry.Text("task") is { } task
            ? new ProviderMapping(
                provider,
                new ProviderModel(id, entry.Text("adapter") == "lora" ? entry.Text("adapterWeightsPath") : null),
                task,
                entry.Text("status") ?? "live")
            : null;
}
