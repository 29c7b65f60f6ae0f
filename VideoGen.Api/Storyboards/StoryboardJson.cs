using System.Text.Json;
using System.Text.Json.Serialization;
using VideoGen.Api.Http;

namespace VideoGen.Api.Storyboards;

/// <summary>JSON serialization of storyboards.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(StoryboardResource))]
[JsonSerializable(typeof(IReadOnlyList<StoryboardResource>))]
[JsonSerializable(typeof(StoryboardRequest))]
[JsonSerializable(typeof(StoryboardPatch))]
[JsonSerializable(typeof(ShotPatch))]
internal sealed partial class StoryboardJson : JsonSerializerContext
{
    /// <summary>The form in which events are sent.</summary>
    public static StoryboardJson Readable { get; } = new(JsonForm.Create());
}
