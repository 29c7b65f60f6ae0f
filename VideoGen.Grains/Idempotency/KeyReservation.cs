namespace VideoGen.Grains.Idempotency;

/// <summary>
/// Which generation a key stands for. The id is stored before the first submit, so that every later one, after whatever crash, is
/// a repetition of that submit.
/// </summary>
[GenerateSerializer, Alias("videogen.key-reservation")]
internal sealed record KeyReservation
{
    [Id(0)] public string GenerationId { get; init; } = "";

    /// <summary>The hash of the request; the request itself is not kept here.</summary>
    [Id(1)] public string Fingerprint { get; init; } = "";

    [Id(2)] public DateTimeOffset ReservedAt { get; init; }

    /// <summary>Whether the generation was accepted: one that is gone then was deleted and is not made again.</summary>
    [Id(3)] public bool IsAccepted { get; init; }

    /// <summary>A store that drops nothing by itself, or an activation that outlives the entry, still knows when it is over.</summary>
    public bool IsInForce(DateTimeOffset now) => GenerationId.Length > 0 && now < ReservedAt + KeyStorage.Lifetime;
}
