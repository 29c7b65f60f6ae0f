namespace VideoGen.Grains.Contracts;

/// <summary>Where a generation stands in its life; it only moves forward.</summary>
[GenerateSerializer, Alias("videogen.generation-status")]
public enum GenerationStatus
{
    /// <summary>Accepted and waiting for its turn.</summary>
    Pending = 0,

    /// <summary>Holds a render slot and walks the ledger.</summary>
    Processing = 1,

    /// <summary>The film and its poster are stored.</summary>
    Completed = 2,

    /// <summary>Ended with an error that says why and whether a retry makes sense.</summary>
    Failed = 3,

    /// <summary>Ended by the user.</summary>
    Canceled = 4,

    /// <summary>It had ended before, and its media are not kept any more; <see cref="Expiry"/> says why.</summary>
    Expired = 5,
}

/// <summary>What can be said of a status.</summary>
public static class GenerationStatuses
{
    extension(GenerationStatus status)
    {
        /// <summary>Whether nothing follows unless the user orders it again.</summary>
        public bool IsEnd => status is GenerationStatus.Completed or GenerationStatus.Failed or GenerationStatus.Canceled
            or GenerationStatus.Expired;
    }
}
