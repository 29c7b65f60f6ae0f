using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Storyboards.Contract;
using VideoGen.Grains.Storyboards.Join;
using VideoGen.Grains.Webhooks;

namespace VideoGen.Grains.Storyboards.State;

/// <summary>What happened to the shots of a storyboard and to its joined video.</summary>
internal static class ProgressTransitions
{
    extension(Storyboard storyboard)
    {
        public Storyboard With(int index, Shot shot) => storyboard with { Shots = storyboard.Shots.SetItem(index, shot) };

        /// <summary>
        /// The next version, with the status that follows from the shots. A status that ends is announced to the webhook.
        /// </summary>
        public Storyboard Moved(DateTimeOffset now)
        {
            var at = now > storyboard.UpdatedAt ? now : storyboard.UpdatedAt;
            var status = storyboard.NextStatus();
            var next = storyboard with { Version = storyboard.Version + 1, UpdatedAt = at, Status = status };
            return status == storyboard.Status || storyboard.IsDeleted || storyboard.Settings?.WebhookUrl is null
                || EndOf(status) is not { } end
                ? next
                : next with { OwedEvents = next.OwedEvents.Add(next.Event(end)) };
        }

        /// <summary>A shot is about to be submitted; from here on it has started.</summary>
        public Storyboard Submitting(string takeId, string picture, string? startedFrom, DateTimeOffset now) =>
            storyboard.Taking(takeId, now, take => take.Phase is TakePhase.Planned
                ? take with { Phase = TakePhase.Submitting, StartPicture = picture, StartedFrom = startedFrom }
                : take);

        public Storyboard Submitted(string takeId, DateTimeOffset now) => storyboard.Taking(takeId, now, take =>
            take.Phase is TakePhase.Submitting or TakePhase.Retrying ? take with { Phase = TakePhase.Submitted } : take);

        /// <summary>What a generation is now, if it has ended or goes on after an end.</summary>
        public Storyboard Followed(GenerationSnapshot generation, DateTimeOffset now) => storyboard.Taking(
            generation.Id, now, take => generation.Status switch
            {
                _ when take.Phase is TakePhase.Retrying && generation.Version == take.EndedVersion => take,    // not retried yet
                GenerationStatus.Completed => take with
                {
                    Phase = TakePhase.Completed,
                    Video = generation.Film,
                    IsPreview = generation.IsPreview,
                    Model = generation.Model,
                    Error = null,
                },
                GenerationStatus.Failed => take with
                {
                    Phase = TakePhase.Failed,
                    Error = generation.Error,
                    EndedVersion = generation.Version,
                },
                GenerationStatus.Canceled => take with
                {
                    Phase = TakePhase.Canceled,
                    Error = null,
                    EndedVersion = generation.Version,
                },
                GenerationStatus.Expired => take with { Phase = TakePhase.Failed, Error = StoryboardErrors.VideoGone },
                _ when take.Phase is TakePhase.Failed or TakePhase.Canceled =>
                    take with { Phase = TakePhase.Submitted, Error = null },
                _ => take,
            });

        /// <summary>A retry was canceled before it happened.</summary>
        public Storyboard RetryGivenUp(string takeId, DateTimeOffset now) => storyboard.Taking(
            takeId, now, take => take.Phase is TakePhase.Retrying ? take with { Phase = TakePhase.Canceled } : take);

        /// <summary>The generation cannot be followed: it was deleted, or refused for good.</summary>
        public Storyboard Lost(string takeId, GenerationError error, DateTimeOffset now) => storyboard.Taking(
            takeId, now, take => take.IsInWork ? take with { Phase = TakePhase.Failed, Error = error } : take);

        /// <summary>A join of the shots as they are begins, or goes on after a crash.</summary>
        public Storyboard Joining(string id, DateTimeOffset now)
        {
            var (key, number, settings) = (storyboard.JoinKey, storyboard.JoinNumber + 1, storyboard.Settings!);
            return key is null || key == storyboard.Join?.Key ? storyboard : (storyboard with
            {
                JoinNumber = number,
                Join = new JoinInWork(key, new JoinRequest(
                    id, storyboard.Owner, number, storyboard.JoinShots(), settings.Frame, settings.IsSilent)),
            }).Moved(now);
        }

        public Storyboard Joined(JoinInWork join, FinishedVideo film, DateTimeOffset now) => storyboard.Join?.Key != join.Key
            ? storyboard
            : (storyboard with
            {
                Film = film,
                FilmKey = join.Key,
                FilmNumber = join.Request.Number,
                FilmAt = now,
                JoinError = null,
                Expiry = null,
            }).Moved(now);

        public Storyboard JoinFailed(JoinInWork join, GenerationError error, DateTimeOffset now) =>
            storyboard.Join?.Key != join.Key ? storyboard
            : (storyboard with { JoinError = error, Join = null }).Moved(now);

        /// <summary>The joined video is no longer kept.</summary>
        public Storyboard Expired(ExpiryReason reason, DateTimeOffset now) =>
            storyboard is { Film: null } or { IsInProgress: true } ? storyboard
            : (storyboard with { Film = null, Expiry = new Expiry(now, reason) }).Moved(now);

        /// <summary>Canceled before it was submitted.</summary>
        public Storyboard NeverSubmitted(string takeId, DateTimeOffset now) => storyboard.Taking(
            takeId, now, take => take with { Phase = TakePhase.Canceled, StartPicture = null, StartedFrom = null });

        /// <summary>The video of a finished shot is gone, so that it cannot be joined and has to be regenerated.</summary>
        public Storyboard TakeGone(string takeId, DateTimeOffset now)
        {
            var index = Enumerable.Range(0, storyboard.Shots.Length)
                .FirstOrDefault(one => storyboard.Shots[one].Take?.GenerationId == takeId, -1);
            if (index < 0)
            {
                return storyboard;
            }

            var shot = storyboard.Shots[index];
            var gone = shot.Take! with { Phase = TakePhase.Failed, Video = null, Error = StoryboardErrors.VideoGone };
            return (storyboard.With(index, shot with { Take = null, Next = shot.Next ?? gone }) with
            {
                Join = storyboard.Join?.Key == storyboard.FilmKey ? storyboard.Join : null,
            }).Moved(now);
        }

        public Storyboard Announced(int events) => storyboard with { OwedEvents = storyboard.OwedEvents.RemoveRange(0, events) };

        private Storyboard Taking(string takeId, DateTimeOffset now, Func<Take, Take> move)
        {
            var index = storyboard.IndexOf(takeId);
            if (index < 0 || move(storyboard.Shots[index].Next!) is not { } moved
                || ReferenceEquals(moved, storyboard.Shots[index].Next))
            {
                return storyboard;
            }

            var shot = storyboard.Shots[index];
            return moved.Phase is TakePhase.Completed
                ? (storyboard.With(index, shot with { Plan = moved.Plan, Take = moved, Next = null }) with
                {
                    JoinError = null,
                }).Moved(now)
                : storyboard.With(index, shot with { Next = moved }).Moved(now);
        }

        private StoryboardStatus NextStatus()
        {
            var all = Enumerable.Range(0, storyboard.Shots.Length);
            return !storyboard.IsStarted ? StoryboardStatus.Draft
                : all.Any(storyboard.IsInWork) ? StoryboardStatus.Rendering
                : storyboard.JoinKey is { } key
                    ? key == storyboard.FilmKey ? StoryboardStatus.Completed
                    : storyboard.JoinError is null ? StoryboardStatus.Joining
                    : StoryboardStatus.Failed
                : storyboard.Shots.Any(shot => shot is { Take: null, Next.Phase: TakePhase.Failed }) ? StoryboardStatus.Failed
                : StoryboardStatus.Canceled;
        }

        private WebhookEvent Event(GenerationStatus status) => new(
            storyboard.Version, status, storyboard.UpdatedAt, storyboard.JoinNumber,
            storyboard.Shots.Any(shot => shot.Take is { IsPreview: true }),
            status is GenerationStatus.Completed ? storyboard.Film : null,
            status is GenerationStatus.Failed ? storyboard.Error() : null,
            Form: WebhookForm.Storyboard);

        /// <summary>Why it failed: the join, or the first shot without a video.</summary>
        public GenerationError? Error() => storyboard.Status is not StoryboardStatus.Failed ? null
            : storyboard.JoinError
                ?? storyboard.Shots.First(shot => shot is { Take: null, Next.Phase: TakePhase.Failed }).Next!.Error;
    }

    private static GenerationStatus? EndOf(StoryboardStatus status) => status switch
    {
        StoryboardStatus.Completed => GenerationStatus.Completed,
        StoryboardStatus.Failed => GenerationStatus.Failed,
        StoryboardStatus.Canceled => GenerationStatus.Canceled,
        _ => null,
    };
}
