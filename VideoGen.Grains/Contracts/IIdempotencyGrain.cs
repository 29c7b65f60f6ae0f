namespace VideoGen.Grains.Contracts;

/// <summary>
/// Remembers for 24 hours which generation was made under an idempotency key; the key of the grain is
/// <c>{owner}/{SHA-256 of the idempotency key}</c>.
/// </summary>
[GrainInterfaceType("videogen.idempotency")]
public interface IIdempotencyGrain : IGrainWithStringKey
{
    /// <summary>What was accepted under the key before; changes nothing.</summary>
    [Alias("find")]
    Task<KeyedReply> FindAsync(string fingerprint);

    /// <summary>
    /// Submits the request once, however often it is called; <paramref name="fingerprint"/> tells the same request from another one.
    /// </summary>
    [Alias("submit")]
    Task<KeyedReply> SubmitAsync(string fingerprint, GenerationRequest request);
}
