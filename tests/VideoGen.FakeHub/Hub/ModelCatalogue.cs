using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace VideoGen.FakeHub.Hub;

/// <summary>
/// The models of the Hub with their <c>inferenceProviderMapping</c>, in the object form or in the list form; a model that nobody
/// serves has none. The router takes jobs only for what stands here.
/// </summary>
public sealed class ModelCatalogue
{
    private const int Capacity = 1_000;

    private readonly ConcurrentDictionary<string, JsonNode?> _models = [];

    /// <summary>Starts with the usual models.</summary>
    public ModelCatalogue() => Reset();

    /// <summary>Sets or replaces what serves a model; null when nobody does.</summary>
    public void Set(string model, JsonNode? mapping)
    {
        if (_models.Count >= Capacity && !_models.ContainsKey(model))
        {
            throw new InvalidOperationException($"The catalogue holds {Capacity} models at most.");
        }

        _models[model] = mapping?.DeepClone();
    }

    /// <summary>Takes a model off the Hub.</summary>
    public void Remove(string model) => _models.TryRemove(model, out _);

    /// <summary>Back to the usual models.</summary>
    public void Reset()
    {
        _models.Clear();
        foreach (var (model, mapping) in Usual)
        {
            Set(model, mapping);
        }
    }

    internal bool TryFind(string model, out JsonNode? mapping) => _models.TryGetValue(model, out mapping);

    internal bool Serves(string provider, string providerModel) =>
        _models.Values.SelectMany(Pairs).Any(served => served == (provider, providerModel));

    private static IEnumerable<(string? Provider, string? Model)> Pairs(JsonNode? mapping) => mapping switch
    {
        JsonObject map => map.Select(entry => (Provider: (string?)entry.Key, Model: (string?)entry.Value?["providerId"])),
        JsonArray list => list.Select(entry => ((string?)entry?["provider"], (string?)entry?["providerId"])),
        _ => [],
    };

    private static readonly Dictionary<string, JsonNode?> Usual = new()
    {
        ["Wan-AI/Wan2.2-I2V-A14B"] = Served("image-to-video",
            ("fal-ai", "fal-ai/wan/v2.2-a14b/image-to-video"),
            ("wavespeed", "wavespeed-ai/wan-2.2/image-to-video"),
            ("together", "Wan-AI/Wan2.2-I2V-A14B")),
        ["MiniMaxAI/MiniMax-H3"] = Served("image-text-to-video",
            ("novita", "MiniMax-H3"),
            ("fal-ai", "minimax/h3/image-to-video"),
            ("wavespeed", "wavespeed-ai/minimax-h3/image-to-video")),
        ["Wan-AI/Wan2.1-I2V-14B-480P"] = Served("image-to-video", ("wavespeed", "wavespeed-ai/wan-2.1/i2v-480p")),
        ["Lightricks/LTX-Video-0.9.8-13B-distilled"] = Served("image-to-video",
            ("fal-ai", "fal-ai/ltxv-13b-098-distilled/image-to-video")),
        ["someone/wan-i2v-lora"] = JsonNode.Parse("""
            [{
              "provider": "fal-ai", "providerId": "fal-ai/wan/v2.2-a14b/image-to-video/lora", "hfModelId": "someone/wan-i2v-lora",
              "status": "live", "task": "image-to-video", "adapter": "lora", "adapterWeightsPath": "lora.safetensors",
              "type": "tag-filter"
            }]
            """),
        ["stabilityai/stable-video-diffusion-img2vid-xt"] = null,
    };

    private static JsonObject Served(string task, params (string Provider, string Model)[] by) =>
        new(by.Select(served => KeyValuePair.Create<string, JsonNode?>(served.Provider, new JsonObject
        {
            ["status"] = "live",
            ["providerId"] = served.Model,
            ["task"] = task,
            ["isModelAuthor"] = false,
        })));
}
