using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Generations.Ledger;

/// <summary>What a user can request: cancel, retry, delete.</summary>
internal sealed partial record Generation
{
    /// <summary>
    /// Requests cancellation. If no job can be running, the generation ends at once; otherwise nothing is submitted after this
    /// ledger line, and the backend is asked to stop.
    /// </summary>
    public Generation Cancel(DateTimeOffset now) => this switch
    {
        { IsUnfinished: false } or { IsCanceling: true } => this,
        { NextStep: LedgerStep.Submit } => Canceled(isConfirmed: true, null, now),
        { NextStep: LedgerStep.Fetch or LedgerStep.Finish } => CanceledTooLate(now),
        _ => (Change(now) with { Cancellation = new Cancellation(now) }).WithLine(LogKind.CancelRequested),
    };

    /// <summary>The cancellation came between the intent and the submit, which was certainly not sent.</summary>
    public Generation CanceledUnsent(DateTimeOffset now) =>
        Canceled(isConfirmed: true, null, now) with { Attempt = Attempt! with { IsOver = true } };

    /// <summary>Records the backend's answer to the cancel; a retry can still ask for a job that may continue.</summary>
    public Generation CancelAnswered(CancelOutcome outcome, DateTimeOffset now) => outcome is CancelOutcome.Confirmed
        ? Canceled(isConfirmed: true, null, now) with { Attempt = Attempt! with { IsOver = true } }
        : Canceled(isConfirmed: false, CancelMessages.RunsOn(Attempt!), now);

    /// <summary>
    /// A retry by the user, from the last ledger line that can be reused, so that nothing is paid for twice that still exists.
    /// <paramref name="found"/> is a job of the last submit that has become known since.
    /// </summary>
    public Generation Retry(DateTimeOffset now, RenderJob? found = null)
    {
        var attempt = found is not null && MayHaveOutcome ? Attempt!.WithJob(found, now) : Reusable();
        var isNew = attempt is null or { IsOver: true };
        var next = Change(now) with
        {
            Status = isNew ? GenerationStatus.Pending : GenerationStatus.Processing,
            OrderedAt = now,
            StartedAt = isNew ? null : now,
            RetryAt = null,
            Interruptions = 0,
            Error = null,
            Cancellation = null,
            AttemptsBefore = AttemptNumber,
            Attempt = attempt,
        };
        return next.WithLine(LogKind.Retried);
    }

    /// <summary>Marks a finished generation as deleted; written before anything is removed.</summary>
    public Generation Delete(DateTimeOffset now) => IsFinished && !IsDeleted ? Change(now) with { IsDeleted = true } : this;

    /// <summary>The video was rendered already: its cost is spent, and a retry gets it at no charge.</summary>
    private Generation CanceledTooLate(DateTimeOffset now) =>
        Canceled(!Attempt!.RepeatCostsMoney, CancelMessages.TooLate(Attempt), now);

    /// <summary>It is unknown whether there is a job, so none can be stopped; a free job ended with our process.</summary>
    private Generation CanceledUnseen(GenerationError error, DateTimeOffset now)
    {
        var canceled = Canceled(!Attempt!.RepeatCostsMoney, CancelMessages.Unseen(Attempt), now);
        return canceled with { Attempt = Attempt with { IsOver = true, Error = error } };
    }

    private Generation Canceled(bool isConfirmed, string? message, DateTimeOffset now) => (Change(now) with
    {
        Status = GenerationStatus.Canceled,
        RetryAt = null,
        Error = null,
        Cancellation = (Cancellation ?? new Cancellation(now)) with { Confirmed = isConfirmed, Message = message },
    }).WithLine(LogKind.Canceled, detail: message);

    /// <summary>
    /// What a retry continues with. A paid job is asked for once more, even if it was given up; a free one is rendered again if
    /// anything is in doubt.
    /// </summary>
    private RenderAttempt? Reusable() => (Attempt, Error?.Code) switch
    {
        (null or { IsOver: true }, _) => Attempt,
        ({ RepeatCostsMoney: false, Original: null, Result: null }, not null) => Attempt with { IsOver = true },
        ({ RepeatCostsMoney: false }, GenerationErrorCode.JobLost or GenerationErrorCode.ResultUnusable) =>
            Attempt with { IsOver = true },
        ({ RepeatCostsMoney: false }, _) => Attempt,
        ({ Job: null }, _) => Attempt with { IsOver = true },
        (_, null or GenerationErrorCode.BackendMissing or GenerationErrorCode.DeadlineExceeded) => Attempt,
        ({ Original: not null }, not (GenerationErrorCode.JobLost or GenerationErrorCode.ResultUnusable)) => Attempt,
        (_, GenerationErrorCode.TokenRefused or GenerationErrorCode.PermissionMissing or GenerationErrorCode.PaymentRequired) =>
            Attempt,
        _ => Attempt with { Original = null, Result = null, IsRecheck = true },
    };
}
