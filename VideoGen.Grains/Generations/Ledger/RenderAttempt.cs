using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Media;

namespace VideoGen.Grains.Generations.Ledger;

/// <summary>
/// One submit and its outcome; every property that gets set is one ledger line. Only a retry by the user or a certain refusal
/// begins the next attempt.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.render-attempt")]
internal sealed record RenderAttempt
{
    /// <summary>Counts from 1 over the generation's whole life.</summary>
    [Id(0)] public int Number { get; init; }

    [Id(1)] public string Backend { get; init; } = "";
    [Id(2)] public bool IsPreview { get; init; }
    [Id(3)] public bool RepeatCostsMoney { get; init; }
    [Id(4)] public RenderPlan Plan { get; init; } = new();
    [Id(5)] public DateTimeOffset IntendedAt { get; init; }
    [Id(6)] public RenderJob? Job { get; init; }
    [Id(7)] public DateTimeOffset? SubmittedAt { get; init; }
    [Id(8)] public RenderResult? Result { get; init; }
    [Id(9)] public StoredMedia? Original { get; init; }

    /// <summary>Whether this attempt was given up; nothing of it is used any more.</summary>
    [Id(10)] public bool IsOver { get; init; }

    /// <summary>Why it was given up.</summary>
    [Id(11)] public GenerationError? Error { get; init; }

    /// <summary>The process that sends the submit; null if a repeat costs nothing, and in state stored by older builds.</summary>
    [Id(12)] public string? Sender { get; init; }

    /// <summary>
    /// Whether a retry looks once more for a job that was given up: if there is still nothing, a new attempt follows instead of a
    /// failure.
    /// </summary>
    [Id(13)] public bool IsRecheck { get; init; }

    /// <summary>The kind of its upstream; null in state stored by older builds, in which a name had one kind only.</summary>
    [Id(14)] public string? Kind { get; init; }

    /// <summary>The same attempt with the job that its submit turned out to have created.</summary>
    public RenderAttempt WithJob(RenderJob job, DateTimeOffset now) =>
        this with { Job = job, SubmittedAt = now, IsOver = false, Error = null };
}
