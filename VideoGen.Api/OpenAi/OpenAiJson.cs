using System.Text.Json;
using System.Text.Json.Serialization;
using VideoGen.Api.Http;

namespace VideoGen.Api.OpenAi;

/// <summary>JSON serialization of the dialect.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(VideoResource))]
[JsonSerializable(typeof(VideoListResource))]
[JsonSerializable(typeof(DeletedVideoResource))]
[JsonSerializable(typeof(OpenAiModelResource))]
[JsonSerializable(typeof(OpenAiModelListResource))]
[JsonSerializable(typeof(ErrorResource))]
[JsonSerializable(typeof(CreateVideoBody))]
[JsonSerializable(typeof(RemixVideoBody))]
[JsonSerializable(typeof(string))]
internal sealed partial class OpenAiJson : JsonSerializerContext
{
    /// <summary>The same form for content that the framework does not write.</summary>
    public static OpenAiJson Readable { get; } = new(JsonForm.Create());
}
