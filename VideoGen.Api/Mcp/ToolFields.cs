using VideoGen.Api.Http;

namespace VideoGen.Api.Mcp;

/// <summary>What the tools call the fields of the native API.</summary>
internal static class ToolFields
{
    public static FieldNames Names { get; } = With("address");

    /// <summary>The same where <c>imageUrl</c> is the picture of a shot.</summary>
    public static FieldNames OfStoryboards { get; } = With("picture");

    private static FieldNames With(string imageUrl) => new(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["characterImageUrl"] = "picture",
        ["imageUrl"] = imageUrl,
        ["script"] = "prompt",
        ["duration"] = "seconds",
        ["aspectRatio"] = "aspect_ratio",
        ["characterId"] = "character_id",
        ["Idempotency-Key"] = "idempotency_key",
    });
}
