namespace VideoGen.Grains.Idempotency;

/// <summary>
/// The generation that a key belongs to. The id is stored before the first submit, so that every later one, after any crash,
/// repeats that submit.
/// </summary>
[GenerateSerializer, Alias("videogen.key-reservation")]
internal sealed record KeyReservation
{
    [Id(0)] public string GenerationId { get; init; } = "";

    /// <summary>The hash of the request; the request itself is not stored here.</summary>
    [Id(1)] public string Fingerprint { get; init; } = "";

    [Id(2)] public DateTimeOffset ReservedAt { get; init; }

    /// <summary>Whether the generation was accepted: one that is missing then was deleted and is not created again.</summary>
    [Id(3)] public bool IsAccepted { get; init; }

    /// <summary>
    /// Checked here too, for a store that does not expire entries, and for an activation that outlives its entry.
    /// </summary>
    public bool IsInForce(DateTimeOffset now) => GenerationId.Length > 0 && now < ReservedAt + KeyStorage.Lifetime;
}
