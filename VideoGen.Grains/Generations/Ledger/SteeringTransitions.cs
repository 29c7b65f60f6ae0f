using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Generations.Ledger;

/// <summary>The transitions that a user requests: cancel, retry, delete.</summary>
internal static class SteeringTransitions
{
    extension(Generation generation)
    {
        /// <summary>
        /// Requests cancellation. If no job can be running, the generation ends at once; otherwise nothing is submitted after
        /// this ledger line, and the backend is asked to stop.
        /// </summary>
        public Generation Cancel(DateTimeOffset now) => generation switch
        {
            { IsUnfinished: false } or { IsCanceling: true } => generation,
            { NextStep: LedgerStep.Submit } => generation.Canceled(isConfirmed: true, null, now),
            { NextStep: LedgerStep.Fetch or LedgerStep.Finish } => generation.CanceledTooLate(now),
            _ => (generation.Change(now) with { Cancellation = new Cancellation(now) }).WithLine(LogKind.CancelRequested),
        };

        /// <summary>The cancellation came between the intent and the submit, which was certainly not sent.</summary>
        public Generation CanceledUnsent(DateTimeOffset now) =>
            generation.Canceled(isConfirmed: true, null, now) with { Attempt = generation.Attempt! with { IsOver = true } };

        /// <summary>Records the backend's answer to the cancel; a retry can still ask for a job that may continue.</summary>
        public Generation CancelAnswered(CancelOutcome outcome, DateTimeOffset now) => outcome is CancelOutcome.Confirmed
            ? generation.Canceled(isConfirmed: true, null, now) with { Attempt = generation.Attempt! with { IsOver = true } }
            : generation.Canceled(isConfirmed: false, CancelMessages.RunsOn(generation.Attempt!), now);

        /// <summary>
        /// A retry by the user, from the last ledger line that can be reused, so that nothing is paid for twice that still
        /// exists. <paramref name="found"/> is a job of the last submit that has become known since.
        /// </summary>
        public Generation Retry(DateTimeOffset now, RenderJob? found = null)
        {
            var attempt = found is not null && generation.MayHaveOutcome
                ? generation.Attempt!.WithJob(found, now)
                : generation.Reusable();
            var isNew = attempt is null or { IsOver: true };
            var next = generation.Change(now) with
            {
                Status = isNew ? GenerationStatus.Pending : GenerationStatus.Processing,
                OtherModel = isNew ? null : generation.OtherModel,    // a new attempt is for the ordered model again
                OrderedAt = now,
                StartedAt = isNew ? null : now,
                RetryAt = null,
                Interruptions = 0,
                Error = null,
                Cancellation = null,
                AttemptsBefore = generation.AttemptNumber,
                Attempt = attempt,
            };
            return next.WithLine(LogKind.Retried);
        }

        /// <summary>Marks a finished generation as deleted; written before anything is removed.</summary>
        public Generation Delete(DateTimeOffset now) =>
            generation.IsFinished && !generation.IsDeleted ? generation.Change(now) with { IsDeleted = true } : generation;

        /// <summary>Cancels an unfinished generation and marks it for deletion when it has ended.</summary>
        public Generation Discard(DateTimeOffset now) =>
            generation.IsUnfinished ? generation.Cancel(now) with { IsDiscarded = true } : generation;

        /// <summary>The video was rendered already: its cost is spent, and a retry gets it at no charge.</summary>
        internal Generation CanceledTooLate(DateTimeOffset now) =>
            generation.Canceled(!generation.Attempt!.RepeatCostsMoney, CancelMessages.TooLate(generation.Attempt), now);

        /// <summary>It is unknown whether there is a job, so none can be stopped; a free job ended with our process.</summary>
        internal Generation CanceledUnseen(GenerationError error, DateTimeOffset now)
        {
            var attempt = generation.Attempt!;
            var canceled = generation.Canceled(!attempt.RepeatCostsMoney, CancelMessages.Unseen(attempt), now);
            return canceled with { Attempt = attempt with { IsOver = true, Error = error } };
        }

        internal Generation Canceled(bool isConfirmed, string? message, DateTimeOffset now) => (generation.Change(now) with
        {
            Status = GenerationStatus.Canceled,
            RetryAt = null,
            Error = null,
            Cancellation = (generation.Cancellation ?? new Cancellation(now)) with { Confirmed = isConfirmed, Message = message },
        }).WithLine(LogKind.Canceled, detail: message);

        /// <summary>
        /// What a retry continues with. A paid job is asked for once more, even if it was given up; a free one is rendered again
        /// if anything is in doubt.
        /// </summary>
        private RenderAttempt? Reusable() => (generation.Attempt, generation.Error?.Code) switch
        {
            (null or { IsOver: true }, _) => generation.Attempt,
            ({ RepeatCostsMoney: false, Original: null, Result: null }, not null) => generation.Attempt with { IsOver = true },
            ({ RepeatCostsMoney: false }, GenerationErrorCode.JobLost or GenerationErrorCode.ResultUnusable) =>
                generation.Attempt with { IsOver = true },
            ({ RepeatCostsMoney: false }, _) => generation.Attempt,
            ({ Job: null }, _) => generation.Attempt with { IsOver = true },
            (_, null or GenerationErrorCode.BackendMissing or GenerationErrorCode.DeadlineExceeded) => generation.Attempt,
            ({ Original: not null }, not (GenerationErrorCode.JobLost or GenerationErrorCode.ResultUnusable)) =>
                generation.Attempt,
            (_, GenerationErrorCode.TokenRefused) => generation.Attempt,
            (_, GenerationErrorCode.PermissionMissing or GenerationErrorCode.PaymentRequired) => generation.Attempt,
            _ => generation.Attempt with { Original = null, Result = null, IsRecheck = true },
        };
    }
}
