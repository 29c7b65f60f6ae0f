using VideoGen.Grains.Calls;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Idempotency;

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
}

/// <summary>The status of a request with an idempotency key.</summary>
[GenerateSerializer, Alias("videogen.key-standing")]
public enum KeyStatus
{
    /// <summary>Nothing was accepted with the key before this call.</summary>
    New = 0,

    /// <summary>The same request was accepted with the key before.</summary>
    Replayed = 1,

    /// <summary>The key belongs to another request.</summary>
    OtherBody = 2,
}

/// <summary>
/// The id of the generation that belongs to the key, and the generation itself. It is null when it is deleted or was not
/// accepted: not yet, or because the queue is full or a quota is used up; then <paramref name="RetryAfter"/> says when to submit
/// again.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.keyed-reply")]
public sealed record KeyedReply(
    KeyStatus Standing, string? GenerationId = null, GenerationSnapshot? Generation = null, TimeSpan? RetryAfter = null,
    QuotaReply? Allowance = null);
