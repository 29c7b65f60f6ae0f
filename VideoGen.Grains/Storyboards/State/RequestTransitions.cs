using System.Collections.Immutable;
using VideoGen.Grains.Storyboards.Contract;

namespace VideoGen.Grains.Storyboards.State;

/// <summary>The changes of a storyboard that users request.</summary>
internal static class RequestTransitions
{
    private const int MaxKeys = 64;

    private static readonly TimeSpan KeyLifetime = TimeSpan.FromHours(24);

    extension(Storyboard storyboard)
    {
        public static Storyboard Create(NewStoryboard wanted, DateTimeOffset now) => new()
        {
            Owner = wanted.Owner,
            Settings = wanted.Settings,
            Shots = [.. wanted.Shots.Select(Shot.Of)],
            Version = 1,
            PlanVersion = 1,
            CreatedAt = now,
            UpdatedAt = now,
        };

        /// <summary>Shots whose plan is the same as before at their position keep their id.</summary>
        public Storyboard Change(StoryboardSettings settings, ImmutableArray<ShotPlan> shots, DateTimeOffset now) =>
            (storyboard with
            {
                Settings = storyboard.IsStarted ? settings with { Character = storyboard.Settings!.Character } : settings,
                Shots = storyboard.IsStarted ? storyboard.Shots : storyboard.Replanned(shots),
                PlanVersion = storyboard.PlanVersion + 1,
                JoinError = null,
            }).Moved(now);

        /// <summary>
        /// Whether a storyboard can be changed like this; once it is started, only its title and transition can.
        /// </summary>
        public bool Allows(StoryboardSettings settings, ImmutableArray<ShotPlan> shots)
        {
            var before = storyboard.Settings!;
            return !storyboard.IsStarted
                || (settings.Character.Id == before.Character.Id
                    && shots.SequenceEqual(storyboard.Shots.Select(shot => shot.ShownPlan))
                    && settings with { Title = before.Title, Transition = before.Transition, Character = before.Character }
                        == before);
        }

        public Storyboard ChangeShot(int index, ShotPlan plan, DateTimeOffset now)
        {
            var shot = storyboard.Shots[index];
            var next = shot with { Plan = plan, Next = shot.Next is { } planned ? planned with { Plan = plan } : null };
            return (storyboard.With(index, next) with { PlanVersion = storyboard.PlanVersion + 1 }).Moved(now);
        }

        /// <summary>
        /// A character other than the one of the draft was read before the draft was changed, and is not used.
        /// </summary>
        public Storyboard Start(CastForRender? cast, ImmutableArray<Take> takes, DateTimeOffset now) => (storyboard with
        {
            IsStarted = true,
            Settings = cast?.Character.Id != storyboard.Settings!.Character.Id ? storyboard.Settings : storyboard.Settings with
            {
                Character = cast.Character,
                Width = cast.Frame.Width,
                Height = cast.Frame.Height,
            },
            Shots = [.. storyboard.Shots.Select((shot, index) => shot with { Next = takes[index] })],
        }).Moved(now);

        /// <summary>A plan that differs becomes that of the shot when its video is made.</summary>
        public Storyboard Redo(int index, Take take, DateTimeOffset now) => (storyboard.With(
            index, storyboard.Shots[index] with { Next = take }) with
        {
            PlanVersion = take.Plan == storyboard.Shots[index].ShownPlan ? storyboard.PlanVersion : storyboard.PlanVersion + 1,
            JoinError = null,
        }).Moved(now);

        /// <summary>Shots that can be retried: of all, or one.</summary>
        public IEnumerable<int> Retryable(int? only) => Enumerable.Range(0, storyboard.Shots.Length)
            .Where(index => (only is null || only == index)
                && storyboard.Shots[index].Next is { Phase: TakePhase.Failed or TakePhase.Canceled });

        /// <summary>
        /// What was never submitted is planned again, and what was is retried as a generation: that looks before it pays.
        /// </summary>
        public Storyboard Retry(IEnumerable<int> indexes, DateTimeOffset now) => (indexes.Aggregate(
            storyboard, (current, index) => current.With(index, current.Shots[index] with
            {
                Next = current.Shots[index].Next! with
                {
                    Phase = current.Shots[index].Next!.StartPicture is null ? TakePhase.Planned : TakePhase.Retrying,
                    Error = null,
                    IsCancelRequested = false,
                },
            })) with
        {
            JoinError = null,
        }).Moved(now);

        /// <summary>
        /// Shots that can be canceled: of all, or one. A blocked one cannot go on by itself, but can be given up.
        /// </summary>
        public IEnumerable<int> Cancelable(int? only) => Enumerable.Range(0, storyboard.Shots.Length)
            .Where(index => (only is null || only == index) && storyboard.Shots[index].Next is { IsInWork: true });

        public Storyboard Cancel(IEnumerable<int> indexes, DateTimeOffset now) => indexes.Aggregate(
            storyboard, (current, index) => current.With(index, current.Shots[index] with
            {
                Next = current.Shots[index].Next! with
                {
                    Phase = current.Shots[index].Next!.Phase is TakePhase.Planned
                        ? TakePhase.Canceled
                        : current.Shots[index].Next!.Phase,
                    IsCancelRequested = true,
                },
            })).Moved(now);

        public Storyboard Delete(DateTimeOffset now) => (storyboard with { IsDeleted = true }).Moved(now);

        public Storyboard Remember(UsedKey? key) => key is null
            ? storyboard
            : storyboard with
            {
                Keys =
                [
                    .. storyboard.Keys.Where(known => known.At > key.At - KeyLifetime).TakeLast(MaxKeys - 1), key,
                ],
            };

        /// <summary>An earlier use of the key that still counts.</summary>
        public UsedKey? Find(UsedKey? key) => key is null
            ? null
            : storyboard.Keys.FirstOrDefault(known => known.Key == key.Key && known.At > key.At - KeyLifetime);

        private ImmutableArray<Shot> Replanned(ImmutableArray<ShotPlan> plans) =>
        [
            .. plans.Select((plan, index) => index < storyboard.Shots.Length && storyboard.Shots[index].Plan == plan
                ? storyboard.Shots[index]
                : Shot.Of(plan)),
        ];
    }
}
