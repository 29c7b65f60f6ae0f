using VideoGen.Api.Http;

namespace VideoGen.Api.Mcp;

/// <summary>What the tools call the fields of the native API.</summary>
internal static class ToolFields
{
    public static FieldNames Names { get; } = new(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["characterImageUrl"] = "picture",
        ["imageUrl"] = "address",
        ["script"] = "prompt",
        ["duration"] = "seconds",
        ["aspectRatio"] = "aspect_ratio",
        ["characterId"] = "character_id",
        ["Idempotency-Key"] = "idempotency_key",
    });
}
