using System.Collections.Immutable;

namespace VideoGen.Grains.Generations.Contract;

/// <summary>What of an owner is limited.</summary>
[GenerateSerializer, Alias("videogen.allowance-kind")]
public enum QuotaKind
{
    /// <summary>Orders in a minute: new ones, retries and regenerations.</summary>
    Submits = 0,

    /// <summary>Generations that have not ended.</summary>
    Unfinished = 1,

    /// <summary>Orders in a day, which ends at midnight UTC.</summary>
    Renders = 2,
}

/// <summary>How one limit stands: <paramref name="Left"/> of <paramref name="Limit"/>, and when there is more again.</summary>
[GenerateSerializer, Immutable, Alias("videogen.allowance-standing")]
public sealed record QuotaStatus(QuotaKind Kind, int Limit, int Left, TimeSpan Reset);

/// <summary>How the limits of an owner stand after an order, and which one refused it, if one did.</summary>
[GenerateSerializer, Immutable, Alias("videogen.allowance-reply")]
public sealed record QuotaReply(ImmutableArray<QuotaStatus> Standings, QuotaStatus? Refusal = null);
