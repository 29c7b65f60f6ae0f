using VideoGen.Grains.Calls;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Idempotency;

/// <summary>
/// Remembers for 24 hours which generation was made under an idempotency key; the key of the grain is
/// <c>{owner}/{SHA-256 of the idempotency key}</c>.
/// </summary>
[GrainInterfaceType("videogen.idempotency")]
public interface IIdempotencyGrain : IGrainWithStringKey
{
    /// <summary>What was accepted under the key before; changes nothing.</summary>
    [Alias("find"), Repeatable]
    Task<KeyedReply> FindAsync(string fingerprint);

    /// <summary>
    /// Submits the request once, however often it is called; <paramref name="fingerprint"/> tells the same request from another one.
    /// </summary>
    [Alias("submit")]
    Task<KeyedReply> SubmitAsync(string fingerprint, GenerationRequest request);

    /// <summary>
    /// The same, where a new generation gets the id <paramref name="generationId"/>, a lower-case version-7 UUID that the caller
    /// made for this request: a call that is repeated finds what it made itself, and that is new and not replayed.
    /// </summary>
    [Alias("submit-as"), Repeatable]
    Task<KeyedReply> SubmitAsAsync(string fingerprint, string generationId, GenerationRequest request);
}

/// <summary>How a request with an idempotency key stands.</summary>
[GenerateSerializer, Alias("videogen.key-standing")]
public enum KeyStatus
{
    /// <summary>Nothing was accepted under the key before this call.</summary>
    New = 0,

    /// <summary>The same request was accepted under the key before.</summary>
    Replayed = 1,

    /// <summary>The key belongs to another request.</summary>
    OtherBody = 2,
}

/// <summary>
/// The id of the generation that belongs to the key, and the generation: null when it was not accepted (yet, or because the queue is
/// full or a limit is reached: then <paramref name="RetryAfter"/> says when to ask again) or is deleted.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.keyed-reply")]
public sealed record KeyedReply(
    KeyStatus Standing, string? GenerationId = null, GenerationSnapshot? Generation = null, TimeSpan? RetryAfter = null,
    QuotaReply? Allowance = null);
