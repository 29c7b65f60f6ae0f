namespace VideoGen.Grains.Contracts;

/// <summary>How a request with an idempotency key stands.</summary>
[GenerateSerializer, Alias("videogen.key-standing")]
public enum KeyStanding
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
    KeyStanding Standing, string? GenerationId = null, GenerationSnapshot? Generation = null, TimeSpan? RetryAfter = null,
    AllowanceReply? Allowance = null);
