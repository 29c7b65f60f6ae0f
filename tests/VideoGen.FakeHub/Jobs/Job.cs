using VideoGen.FakeHub.Faults;

namespace VideoGen.FakeHub.Jobs;

/// <summary>Where a job stands, as the provider sees it.</summary>
public enum JobPhase
{
    /// <summary>Waits in the provider's queue.</summary>
    Queued,

    /// <summary>Renders.</summary>
    Running,

    /// <summary>Renders, but the provider uses a word for it that no document names.</summary>
    Puzzling,

    /// <summary>The film is there.</summary>
    Done,

    /// <summary>Ended without a film.</summary>
    Failed,

    /// <summary>Ended because it was cancelled.</summary>
    Canceled,
}

/// <summary>Why a job failed: fal's type word, a sentence, and the status that fal's result request repeats.</summary>
public sealed record JobFailure(string Type, string Message, int Status);

/// <summary>An accepted job. Its life is laid down from the start; only the clock, a cancel or the control moves it.</summary>
public sealed record Job(string Id, Order Order, DateTimeOffset AcceptedAt, DateTimeOffset StartsAt, DateTimeOffset EndsAt)
{
    /// <summary>When a cancel arrived.</summary>
    public DateTimeOffset? CanceledAt { get; init; }

    /// <summary>The faults that travel with it.</summary>
    public IReadOnlyList<FaultRule> Faults { get; init; } = [];

    /// <summary>Whether its film has the shape of <see cref="HubSettings.ShapedFilms"/>.</summary>
    public bool IsShaped { get; init; }

    /// <summary>How often its status was asked for.</summary>
    public int Polls { get; init; }

    /// <summary>
    /// The port of this server that the last order or question for it came to. With an address for each process under test, this
    /// tells which of them looks after the job.
    /// </summary>
    public int Port { get; init; }

    /// <summary>How often its result was asked for, where that is not the status.</summary>
    public int Results { get; init; }

    /// <summary>How many links to its film were handed out.</summary>
    public int Links { get; init; }

    /// <summary>How often its film was asked for.</summary>
    public int Downloads { get; init; }

    /// <summary>Why it fails, or null when it does not.</summary>
    public JobFailure? Failure => this switch
    {
        { Order.Image: null or { IsUsable: false } } => new("image_load_error", "Could not load image", 422),
        _ when Fault(FaultKind.RejectContent) is not null => new("content_policy_violation", "content flagged as unsafe", 422),
        _ when Fault(FaultKind.FailJob) is { } fault => new("runner_server_error", "The model failed", fault.Status ?? 422),
        _ => null,
    };

    /// <summary>The fault of a kind, when it strikes at this occurrence (counted from 1).</summary>
    public FaultRule? Fault(FaultKind kind, int occurrence = 1) =>
        Faults.FirstOrDefault(rule => rule.Fault == kind && rule.Covers(occurrence));

    /// <summary>Where it stands at a time.</summary>
    public JobPhase PhaseAt(DateTimeOffset now)
    {
        if (CanceledAt < EndsAt && Fault(FaultKind.FinishAfterCancel) is null)
        {
            return JobPhase.Canceled;
        }

        return now < StartsAt ? JobPhase.Queued
            : now < EndsAt ? JobPhase.Running
            : Failure is null ? JobPhase.Done
            : JobPhase.Failed;
    }
}
