using System.Text.Json.Nodes;

namespace VideoGen.FakeHub.Jobs;

/// <summary>
/// What a submit asked for: provider, the provider's model, the prompt (empty when there is none), what is known of the picture,
/// and the body with pictures and other long texts left out.
/// </summary>
public sealed record Order(string Provider, string Model, string Prompt, ImageFacts? Image, JsonObject Parameters)
{
    private const int LongText = 4_000;

    /// <summary>Reads an order from a body, without keeping the body.</summary>
    public static Order From(string provider, string model, string? prompt, string? image, JsonObject body) =>
        new(provider, model, prompt ?? "", ImageFacts.Read(image), (JsonObject)Abridge(body)!);

    private static JsonNode? Abridge(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Select(entry => KeyValuePair.Create(entry.Key, Abridge(entry.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Abridge)]),
        JsonValue value when value.TryGetValue<string>(out var text) && IsLong(text) => $"<{text.Length} characters>",
        _ => node?.DeepClone(),
    };

    private static bool IsLong(string text) => text.Length > LongText || text.StartsWith("data:", StringComparison.Ordinal);
}
