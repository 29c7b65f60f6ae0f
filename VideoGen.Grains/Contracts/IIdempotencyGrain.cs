using VideoGen.Grains.Calls;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Idempotency;

namespace VideoGen.Grains.Contracts;

/// <summary>
/// Remembers for 24 hours which generation was created with an idempotency key; the key of the grain is <c>{owner}/{SHA-256 of
/// the idempotency key}</c>.
/// </summary>
[GrainInterfaceType("videogen.idempotency")]
public interface IIdempotencyGrain : IGrainWithStringKey
{
    /// <summary>What was accepted with the key before; changes nothing.</summary>
    [Alias("find"), Repeatable]
    Task<KeyedReply> FindAsync(string fingerprint);

    /// <summary>
    /// Submits the request once, however often it is called; <paramref name="fingerprint"/> distinguishes different requests.
    /// </summary>
    [Alias("submit")]
    Task<KeyedReply> SubmitAsync(string fingerprint, GenerationRequest request);

    /// <summary>
    /// The same, where a new generation gets the id <paramref name="generationId"/>, a lower-case version-7 UUID that the caller
    /// created for this request: a repeated call finds the generation that it created itself, which counts as new and not as
    /// replayed.
    /// </summary>
    [Alias("submit-as"), Repeatable]
    Task<KeyedReply> SubmitAsAsync(string fingerprint, string generationId, GenerationRequest request);

    /// <summary>
    /// Reserves the key for something else that a request creates, with the id that the caller chose. While it was not accepted,
    /// each call of the same request is new, with the first id, so that creating it can be repeated; afterwards it is replayed.
    /// </summary>
    [Alias("reserve"), Repeatable]
    Task<KeyedReply> ReserveAsync(string fingerprint, string id);

    /// <summary>What the key was reserved for exists.</summary>
    [Alias("accept"), Repeatable]
    Task AcceptAsync();
}
