using System.Collections.Immutable;
using System.Text.Json.Serialization;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Storyboards.Contract;
using VideoGen.Grains.Storyboards.Join;
using VideoGen.Grains.Webhooks;

namespace VideoGen.Grains.Storyboards.State;

/// <summary>
/// The stored state of one storyboard. Its transitions are pure methods: <see cref="RequestTransitions"/> for what users want,
/// and <see cref="ProgressTransitions"/> for what happened.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.storyboard-state")]
internal sealed record Storyboard
{
    [Id(0)] public string Owner { get; init; } = "";

    [Id(1)] public StoryboardSettings? Settings { get; init; }

    [Id(2)] public ImmutableArray<Shot> Shots { get; init; } = [];

    [Id(3)] public long Version { get; init; }

    /// <summary>Counts the changes of what the user wrote.</summary>
    [Id(4)] public int PlanVersion { get; init; }

    [Id(5)] public DateTimeOffset CreatedAt { get; init; }

    [Id(6)] public DateTimeOffset UpdatedAt { get; init; }

    [Id(7)] public bool IsStarted { get; init; }

    [Id(8)] public FinishedVideo? Film { get; init; }

    /// <summary>What <see cref="Film"/> shows (<see cref="JoinKey"/>), so that it is known when it is out of date.</summary>
    [Id(9)] public string? FilmKey { get; init; }

    /// <summary>The number of the newest join; those before it may have left files behind.</summary>
    [Id(10)] public int JoinNumber { get; init; }

    /// <summary>The newest join, until it has failed; its files are derived from it.</summary>
    [Id(11)] public JoinInWork? Join { get; init; }

    [Id(12)] public GenerationError? JoinError { get; init; }

    /// <summary>The number of the newest join whose files are removed.</summary>
    [Id(13)] public int JoinsRemoved { get; init; }

    [Id(14)] public StoryboardStatus Status { get; init; }

    [Id(15)] public bool IsDeleted { get; init; }

    /// <summary>The newest idempotency keys, oldest first.</summary>
    [Id(16)] public ImmutableArray<UsedKey> Keys { get; init; } = [];

    /// <summary>Ends that the webhook was not told yet, oldest first.</summary>
    [Id(17)] public ImmutableArray<WebhookEvent> OwedEvents { get; init; } = [];

    /// <summary>Set when the joined video was removed by retention; a later join makes another one.</summary>
    [Id(18)] public Expiry? Expiry { get; init; }

    /// <summary>The number of the join that made <see cref="Film"/>, and when it was made.</summary>
    [Id(19)] public int FilmNumber { get; init; }

    [Id(20)] public DateTimeOffset? FilmAt { get; init; }

    /// <summary>
    /// The ids of the generations of the first render, stored before they are admitted, so that a repeated admission counts once.
    /// </summary>
    [Id(21)] public ImmutableArray<string> FirstIds { get; init; } = [];

    [JsonIgnore] public bool Exists => Settings is not null;

    /// <summary>Whether anything is left to do without a new request.</summary>
    [JsonIgnore] public bool HasWork => Exists && (IsDeleted || IsInProgress || !OwedEvents.IsEmpty || HasOldFiles);

    [JsonIgnore] public bool IsInProgress => Status is StoryboardStatus.Rendering or StoryboardStatus.Joining;

    /// <summary>Whether files of earlier joins may be left.</summary>
    [JsonIgnore] public bool HasOldFiles => JoinsRemoved < LastObsoleteJoin;

    /// <summary>The newest join whose files nothing needs. While a join is in work, the one before is still shown.</summary>
    [JsonIgnore]
    public int LastObsoleteJoin => Film is not null ? FilmNumber - 1
        : Join is { } join && join.Key != FilmKey ? JoinNumber - 1
        : JoinNumber;

    /// <summary>The shot that this generation is in work for; -1 when there is none.</summary>
    public int IndexOf(string takeId) =>
        Enumerable.Range(0, Shots.Length).FirstOrDefault(index => Shots[index].Next?.GenerationId == takeId, -1);

    /// <summary>
    /// Whether a planned shot can never start as things are: the one before has no video, and none is on its way.
    /// </summary>
    public bool IsBlocked(int index) =>
        Shots[index].Next is { Phase: TakePhase.Planned, Plan.Start: ShotStart.Previous }
        && Shots[index - 1] is { Take: null, Next: var before }
        && (before is not { IsInWork: true } || IsBlocked(index - 1));

    /// <summary>
    /// Whether a planned shot has what it starts from. One that follows a shot in work waits for its new video.
    /// </summary>
    public bool IsReady(int index) => index >= 0
        && Shots[index].Next is { Phase: TakePhase.Planned, Plan.Start: var start }
        && (start is not ShotStart.Previous
            || (Shots[index - 1].Take is not null && !IsInWork(index - 1)));

    /// <summary>Whether this shot is being made.</summary>
    public bool IsInWork(int index) => Shots[index].Next is { IsInWork: true } && !IsBlocked(index);

    /// <summary>What a join of the shots as they are would show; null while a shot has no video.</summary>
    [JsonIgnore]
    public string? JoinKey => Shots.All(shot => shot.Take is not null)
        ? string.Join(' ', Shots.Select((shot, index) => $"{shot.Take!.GenerationId}/{FadeInto(index)}"))
        : null;

    /// <summary>The finished shots in order; all of them need a video.</summary>
    public ImmutableArray<JoinShot> JoinShots() =>
    [
        .. Shots.Select((shot, index) => new JoinShot(
            shot.Take!.Video!.Video, shot.Take.Plan.Script, FollowsFrameBefore(index), FadeInto(index))),
    ];

    /// <summary>The uploads that it needs, so that each shot can be regenerated.</summary>
    public ImmutableArray<string> Pictures() => Settings is not { Character: var character }
        ? []
        :
        [
            .. character.Pictures,
            .. Shots.SelectMany(shot => (string?[])
                [shot.Plan.Picture, shot.Take?.StartPicture, shot.Next?.StartPicture, shot.Next?.Plan.Picture])
                .OfType<string>(),
        ];

    /// <summary>
    /// Whether the first frame of a shot repeats the last one of the previous shot, as that shot is now. It does not if the
    /// previous shot has been regenerated since.
    /// </summary>
    private bool FollowsFrameBefore(int index) =>
        index > 0 && Shots[index].Take!.StartedFrom is { } from && from == Shots[index - 1].Take!.GenerationId;

    private int FadeInto(int index) => index == 0 ? 0 : (Shots[index].Take!.Plan.Transition ?? Settings!.Transition).Frames;
}

/// <summary>A join and what its result shows (<see cref="Storyboard.JoinKey"/>).</summary>
[GenerateSerializer, Immutable, Alias("videogen.join-in-work")]
internal sealed record JoinInWork(string Key, JoinRequest Request);
