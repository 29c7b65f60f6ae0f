namespace VideoGen.Grains.Contracts;

/// <summary>
/// Either the accepted generation, or the time after which to ask again: when the queue is full, or when <paramref name="Allowance"/>
/// says which limit of the owner is reached. Without limits there is none.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.submit-reply")]
public sealed record SubmitReply(GenerationSnapshot? Generation, TimeSpan? RetryAfter, AllowanceReply? Allowance = null);
