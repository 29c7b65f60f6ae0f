namespace VideoGen.Grains.Idempotency;

/// <summary>The generation of a request without a key, and what became of the response with it.</summary>
[GenerateSerializer, Immutable, Alias("videogen.unkeyed-reservation")]
internal sealed record UnkeyedReservation
{
    [Id(0)] public string GenerationId { get; init; } = "";

    [Id(1)] public DateTimeOffset ReservedAt { get; init; }

    /// <summary>Whether the generation was accepted: one that is missing then was deleted and is not created again.</summary>
    [Id(2)] public bool IsAccepted { get; init; }

    /// <summary>When its latest request came: the window of a reservation counts from here.</summary>
    [Id(8)] public DateTimeOffset LastRequestAt { get; init; }

    /// <summary>The request that is to answer with this generation: the first, or the latest repetition.</summary>
    [Id(3)] public string RequestId { get; init; } = "";

    /// <summary>The process that received that request.</summary>
    [Id(4)] public string Node { get; init; } = "";

    /// <summary>The highest retry count of the requests that belong to this generation.</summary>
    [Id(5)] public int RetryCount { get; init; }

    /// <summary>Whether the response to that request was sent.</summary>
    [Id(6)] public bool IsAnswered { get; init; }

    /// <summary>Whether that response could not be written, or was a 5xx.</summary>
    [Id(7)] public bool IsLost { get; init; }

    /// <summary>Whether that response was sent without a generation.</summary>
    [Id(9)] public bool IsRefused { get; init; }

    /// <summary>Whether that response may still come, or was lost.</summary>
    public bool IsOpen => !IsAnswered && !IsRefused;

    /// <summary>
    /// Whether that response was lost, as far as <paramref name="node"/> can know: its process is another one, which may have
    /// ended.
    /// </summary>
    public bool IsUnanswered(string node) => IsOpen && (IsLost || Node != node);
}
