using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Media;

namespace VideoGen.Grains.Generations.Ledger;

/// <summary>The transitions that rendering makes: from the intent of an attempt to its end.</summary>
internal static class RenderTransitions
{
    extension(Generation generation)
    {
        /// <summary>Ledger line <c>Intent</c>: written before the submit is sent.</summary>
        public Generation Intend(
            VideoModel model, BackendTraits traits, RenderPlan plan, DateTimeOffset now, string? sender = null) =>
            (generation.Change(now) with
            {
                OtherModel = model.Id == generation.OrderedModel ? null : model.Id,
                Status = GenerationStatus.Processing,
                StartedAt = now,
                RetryAt = null,
                Attempt = new RenderAttempt
                {
                    Number = generation.AttemptNumber + 1,
                    Backend = model.Upstream,
                    IsPreview = traits.IsPreview,
                    RepeatCostsMoney = traits.RepeatCostsMoney,
                    Kind = traits.Kind,
                    Plan = plan,
                    IntendedAt = now,
                    Sender = sender,
                },
            }).WithLine(LogKind.AttemptStarted, detail: NameOf(plan.Provider ?? model.Upstream, model));

        /// <summary>
        /// The model certainly did not take the request, for a reason that is not the request's own: another one is asked, and
        /// neither the attempts nor the deadline are affected.
        /// </summary>
        public Generation FellBack(VideoModel next, GenerationError error, DateTimeOffset now) =>
            (generation.Change(now) with
            {
                OtherModel = next.Id,
                StartedAt = null,
                RetryAt = null,
                AttemptsBefore = generation.AttemptNumber,
            }).WithLine(LogKind.ModelChanged, error, detail: next.Title);

        /// <summary>Ledger line <c>Submitted</c>: the backend answered with a job.</summary>
        public Generation Submitted(RenderJob job, DateTimeOffset now) =>
            (generation.Change(now) with { Attempt = generation.Attempt! with { Job = job, SubmittedAt = now } })
                .WithLine(LogKind.Submitted);

        /// <summary>Ledger line <c>Rendered</c>: the video is ready at the backend.</summary>
        public Generation Rendered(RenderResult result, DateTimeOffset now) => generation.IsCanceling
            ? generation.CanceledTooLate(now) with { Attempt = generation.Attempt! with { Result = result } }
            : (generation.Change(now) with { Attempt = generation.Attempt! with { Result = result } }).WithLine(LogKind.Rendered);

        /// <summary>Ledger line <c>Stored</c>: the video as rendered is in the media store.</summary>
        public Generation Stored(StoredMedia original, DateTimeOffset now) =>
            (generation.Change(now) with { Attempt = generation.Attempt! with { Original = original } }).WithLine(LogKind.Stored);

        /// <summary>Ledger line <c>Completed</c>: video and poster are in the media store.</summary>
        public Generation Completed(FinishedVideo video, DateTimeOffset now) =>
            (generation.Change(now) with { Status = GenerationStatus.Completed, Film = video, Error = null })
                .WithLine(LogKind.Completed);

        /// <summary>
        /// The attempt produced nothing, as far as is known. After a retry that only looked for the job again, a new attempt
        /// follows, and so it does by itself when a server that costs nothing has lost the job; otherwise the generation ends
        /// here, and only the user's retry may pay again.
        /// </summary>
        public Generation GaveNothing(GenerationError error, DateTimeOffset now) => generation switch
        {
            { IsCanceling: true } => generation.Failed(error, now),
            { Attempt.IsRecheck: true } => generation.TryAgain(error, now, now).WithLine(LogKind.Interrupted, error),
            { Attempt.RepeatCostsMoney: false } when error.Code is GenerationErrorCode.JobLost =>
                generation.Interrupted(error, now),
            _ => generation.Failed(error, now),
        };

        /// <summary>The downloaded file is damaged: the result is downloaded again.</summary>
        public Generation Discarded(GenerationError error, DateTimeOffset now) =>
            (generation.Change(now) with { Attempt = generation.Attempt! with { Original = null } })
                .WithLine(LogKind.Rendered, error);

        /// <summary>
        /// The upstream refused more than this request. The generation returns to the queue; neither its attempts nor its
        /// deadline are affected.
        /// </summary>
        public Generation SentBack(GenerationError error, DateTimeOffset now) => generation.IsCanceling
            ? generation.CanceledUnsent(now)
            : (generation.Change(now) with
            {
                StartedAt = null,
                AttemptsBefore = generation.AttemptNumber,
                Attempt = generation.Attempt! with { IsOver = true, Error = error },
            }).WithLine(LogKind.Refused, error);

        /// <summary>
        /// The outcome of the last submit became known after the generation had failed: there is a job, and it is followed.
        /// </summary>
        public Generation Reopened(RenderJob job, DateTimeOffset now) => generation.AwaitsOutcome
            ? (generation.Change(now) with
            {
                Status = GenerationStatus.Processing,
                StartedAt = now,
                Error = null,
                Attempt = generation.Attempt!.WithJob(job, now),
            }).WithLine(LogKind.Reopened)
            : generation;

        /// <summary>
        /// This server no longer has the backend of the attempt. A job that may have been paid for ends the generation here, and
        /// is followed by a retry once the backend is configured again; a free one starts over elsewhere.
        /// </summary>
        public Generation BackendGone(GenerationError error, DateTimeOffset now) => generation.Attempt!.RepeatCostsMoney
            ? generation.Failed(error, now)
            : generation.Interrupted(error, now);

        /// <summary>Marks the generation failed, or canceled if a cancel was requested.</summary>
        public Generation Failed(GenerationError error, DateTimeOffset now) => generation.IsCanceling
            ? generation.Canceled(isConfirmed: true, null, now)
            : (generation.Change(now) with { Status = GenerationStatus.Failed, Error = error })
                .WithLine(LogKind.Failed, error);

        /// <summary>
        /// The deadline has passed; a job that certainly stopped (<paramref name="isStopped"/>) is not asked for again.
        /// </summary>
        public Generation Overdue(GenerationError error, bool isStopped, DateTimeOffset now) =>
            generation.Failed(error, now) with
            {
                Attempt = isStopped ? generation.Attempt! with { IsOver = true } : generation.Attempt,
            };

        /// <summary>
        /// The backend certainly did not accept the job: another attempt later, or the end if the reason is final or the attempts
        /// of this submission are used up.
        /// </summary>
        public Generation NotAccepted(
            GenerationError error, bool isTransient, DateTimeOffset retryAt, int maxAttempts, DateTimeOffset now) =>
            generation.IsCanceling ? generation.CanceledUnsent(now)
                : isTransient && generation.AttemptsUsed < maxAttempts
                    ? generation.TryAgain(error, retryAt, now).WithLine(LogKind.Refused, error)
                : generation.GiveUp(error, now).WithLine(LogKind.Failed, error);

        /// <summary>
        /// It is unknown whether the backend accepted the job. If a repeat costs money, the generation stops here until the user
        /// decides; otherwise the request is sent again.
        /// </summary>
        public Generation OutcomeUnknown(GenerationError error, DateTimeOffset retryAt, int maxAttempts, DateTimeOffset now) =>
            generation.IsCanceling ? generation.CanceledUnseen(error, now)
                : (generation.Attempt!.RepeatCostsMoney || generation.AttemptsUsed >= maxAttempts
                    ? generation.GiveUp(error, now)
                    : generation.TryAgain(error, retryAt, now))
                    .WithLine(LogKind.OutcomeUnknown, error);

        /// <summary>
        /// The end of our process (a crash, a restart, a lost silo) interrupted the attempt. If a repeat costs money, the
        /// generation stops here; otherwise it starts over, and neither its attempts nor its deadline are affected, unless that
        /// happens so often that the generation itself may be the cause.
        /// </summary>
        public Generation Interrupted(GenerationError error, DateTimeOffset now) =>
            generation.IsCanceling ? generation.CanceledUnseen(error, now)
                : (generation.Attempt!.RepeatCostsMoney || generation.Interruptions == Generation.MaxInterruptions
                    ? generation.GiveUp(error, now)
                    : generation.StartOver(error, now))
                    .WithLine(LogKind.Interrupted, error);

        private static string NameOf(string provider, VideoModel model) =>
            model.Name is null ? provider : $"{provider} ({model.Title})";

        private Generation TryAgain(GenerationError error, DateTimeOffset retryAt, DateTimeOffset now) =>
            generation.Change(now) with
            {
                RetryAt = retryAt,
                Attempt = generation.Attempt! with { IsOver = true, Error = error },
            };

        private Generation StartOver(GenerationError error, DateTimeOffset now) => generation.Change(now) with
        {
            StartedAt = null,
            AttemptsBefore = generation.AttemptNumber,
            Interruptions = generation.Interruptions + 1,
            Attempt = generation.Attempt! with { IsOver = true, Error = error },
        };

        private Generation GiveUp(GenerationError error, DateTimeOffset now) => generation.Change(now) with
        {
            Status = GenerationStatus.Failed,
            Error = error,
            Attempt = generation.Attempt! with { IsOver = true, Error = error },
        };
    }
}
