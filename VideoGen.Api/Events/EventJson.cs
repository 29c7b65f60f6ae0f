using System.Text.Json;
using System.Text.Json.Serialization;
using VideoGen.Api.Http;

namespace VideoGen.Api.Events;

/// <summary>JSON serialization of the events without a generation.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(Ready))]
[JsonSerializable(typeof(DeletedGeneration))]
internal sealed partial class EventJson : JsonSerializerContext
{
    /// <summary>The form in which events are sent.</summary>
    public static EventJson Readable { get; } = new(JsonForm.Create());
}
