using System.Collections.Immutable;

namespace VideoGen.Grains.Generations.Contract;

/// <summary>The kinds of quotas.</summary>
[GenerateSerializer, Alias("videogen.allowance-kind")]
public enum QuotaKind
{
    /// <summary>Submissions per minute: new ones, retries and regenerations.</summary>
    Submits = 0,

    /// <summary>Generations that have not ended.</summary>
    Unfinished = 1,

    /// <summary>Submissions per day, which ends at midnight UTC.</summary>
    Renders = 2,
}

/// <summary>
/// The status of one quota: <paramref name="Left"/> of <paramref name="Limit"/>, and when more becomes available.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.allowance-standing")]
public sealed record QuotaStatus(QuotaKind Kind, int Limit, int Left, TimeSpan Reset);

/// <summary>The quotas of an owner after a submission, and the one that refused it, if any.</summary>
[GenerateSerializer, Immutable, Alias("videogen.allowance-reply")]
public sealed record QuotaReply(ImmutableArray<QuotaStatus> Standings, QuotaStatus? Refusal = null);
