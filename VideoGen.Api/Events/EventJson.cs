using System.Text.Json;
using System.Text.Json.Serialization;
using VideoGen.Api.Http;

namespace VideoGen.Api.Events;

/// <summary>Serialization of the events that carry no generation.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(Ready))]
[JsonSerializable(typeof(DeletedGeneration))]
internal sealed partial class EventJson : JsonSerializerContext
{
    /// <summary>The form in which they are sent.</summary>
    public static EventJson Readable { get; } = new(JsonForm.Create());
}
