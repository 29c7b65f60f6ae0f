using System.Text.Json;
using System.Text.Json.Serialization;
using VideoGen.Api.Http;

namespace VideoGen.Api.Generations;

/// <summary>JSON serialization of generations.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(GenerationResource))]
[JsonSerializable(typeof(IReadOnlyList<GenerationResource>))]
[JsonSerializable(typeof(GenerationLogResource))]
[JsonSerializable(typeof(GenerateVideoRequest))]
internal sealed partial class GenerationJson : JsonSerializerContext
{
    /// <summary>The same form for content that the framework does not write.</summary>
    public static GenerationJson Readable { get; } = new(JsonForm.Create());
}
