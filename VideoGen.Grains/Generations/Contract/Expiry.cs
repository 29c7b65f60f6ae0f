namespace VideoGen.Grains.Generations.Contract;

/// <summary>Records that the media of a generation are no longer kept: since when, and because of which rule.</summary>
[GenerateSerializer, Immutable, Alias("videogen.expiry")]
public sealed record Expiry(DateTimeOffset At, ExpiryReason Reason);

/// <summary>The rule that expired the media.</summary>
[GenerateSerializer, Alias("videogen.expiry-reason")]
public enum ExpiryReason
{
    /// <summary>The generation ended longer ago than the operator keeps videos.</summary>
    Age = 0,

    /// <summary>Its owner's videos exceeded the owner's limit; the oldest expire first.</summary>
    OwnerQuota = 1,

    /// <summary>All videos together exceeded the total limit; the oldest expire first.</summary>
    TotalQuota = 2,
}
