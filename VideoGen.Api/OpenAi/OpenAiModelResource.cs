using System.Text.Json.Serialization;

namespace VideoGen.Api.OpenAi;

/// <summary>A name that requests can have as their model.</summary>
internal sealed record OpenAiModelResource(
    string Id, string Object, long Created, [property: JsonPropertyName("owned_by")] string OwnedBy)
{
    /// <summary>Models have no date of creation here, and clients expect one.</summary>
    private const long November2026 = 1793491200;

    public static OpenAiModelResource Of(string id) => new(id, "model", November2026, VideoModels.Own);
}

/// <summary>All of them, on one page.</summary>
internal sealed record OpenAiModelListResource(string Object, IReadOnlyList<OpenAiModelResource> Data);
