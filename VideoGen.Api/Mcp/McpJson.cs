using System.Text.Json;
using System.Text.Json.Serialization;
using VideoGen.Api.Http;

namespace VideoGen.Api.Mcp;

/// <summary>JSON serialization of what tools return.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(McpVideo))]
[JsonSerializable(typeof(McpVideoList))]
[JsonSerializable(typeof(McpModelList))]
[JsonSerializable(typeof(McpCharacterList))]
[JsonSerializable(typeof(McpStoryboard))]
[JsonSerializable(typeof(McpError))]
internal sealed partial class McpJson : JsonSerializerContext
{
    /// <summary>The same form, with scripts in all languages readable.</summary>
    public static McpJson Readable { get; } = new(new JsonSerializerOptions(JsonForm.Create())
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });
}
