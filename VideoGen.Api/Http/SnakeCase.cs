using System.Text.Json;
using System.Text.Json.Serialization;

namespace VideoGen.Api.Http;

/// <summary>Writes an enum as <c>waiting_for_capacity</c>.</summary>
internal sealed class SnakeCase<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
