namespace VideoGen.Grains.Idempotency;

/// <summary>A request without an idempotency key.</summary>
/// <param name="Id">A lower-case version-7 UUID, created for this request; its generation gets it, if it is the first.</param>
/// <param name="RetryCount">How often the client says that it has sent the request before; null if it does not say.</param>
/// <param name="Node">The process that received it.</param>
[GenerateSerializer, Immutable, Alias("videogen.unkeyed-request")]
public sealed record UnkeyedRequest(string Id, int? RetryCount, string Node);
