namespace VideoGen.Grains.Contracts;

/// <summary>Either the accepted generation, or, when the queue is full, the time after which to ask again.</summary>
[GenerateSerializer, Immutable, Alias("videogen.submit-reply")]
public sealed record SubmitReply(GenerationSnapshot? Generation, TimeSpan? RetryAfter);
