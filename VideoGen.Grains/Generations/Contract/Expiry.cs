namespace VideoGen.Grains.Generations.Contract;

/// <summary>That the media of a generation are not kept any more: since when, and which rule let them go.</summary>
[GenerateSerializer, Immutable, Alias("videogen.expiry")]
public sealed record Expiry(DateTimeOffset At, ExpiryReason Reason);

/// <summary>The rule that let media go.</summary>
[GenerateSerializer, Alias("videogen.expiry-reason")]
public enum ExpiryReason
{
    /// <summary>It ended longer ago than the operator keeps films.</summary>
    Age = 0,

    /// <summary>Its owner's films took more room than an owner has; the oldest go first.</summary>
    OwnerQuota = 1,

    /// <summary>All films together took more room than there is; the oldest go first.</summary>
    TotalQuota = 2,
}
