using System.Text.Json;
using System.Text.Json.Serialization;

namespace VideoGen.Silo.Operator;

/// <summary>The answer of <c>GET /operator/upstreams</c>. It contains no credential, header or path of an address.</summary>
internal sealed record OperatorStatus(IReadOnlyList<UpstreamStatus> Upstreams, IReadOnlyList<ModelStatus> Models);

/// <summary>
/// One upstream. <paramref name="Address"/> is a host and a port. <paramref name="Renders"/>, <paramref name="Limit"/> and
/// <paramref name="Waiting"/> are those of the whole cluster, and null while nobody can say. <paramref name="Lacks"/> is what the
/// version of its server cannot do, and <paramref name="Problem"/> why the server cannot be used now.
/// </summary>
internal sealed record UpstreamStatus(
    string Name, string Kind, string? Address, bool Drained, bool RepeatCostsMoney, int? Renders, int? Limit, int? Waiting,
    IReadOnlyList<PauseStatus>? Pauses, string? Software, string? Lacks, string? Problem);

/// <summary>A pause of an upstream, or of one model by its name there: an error code, a message, and since when.</summary>
internal sealed record PauseStatus(string Reason, string Message, string? Model, DateTimeOffset Since);

/// <summary>A model, and what it takes as a sentence; null while that is not known.</summary>
internal sealed record ModelStatus(
    string Id, string Title, string? Name, bool Default, IReadOnlyList<string> Fallback, string? Takes,
    IReadOnlyList<ModelPlace> Upstreams);

/// <summary>A model at one of its upstreams, and why it cannot be used there now.</summary>
internal sealed record ModelPlace(string Name, string? Problem);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(OperatorStatus))]
internal sealed partial class OperatorJson : JsonSerializerContext;
