using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Idempotency;

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
