using System.Text.Json.Serialization;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Storyboards.Contract;

namespace VideoGen.Grains.Storyboards.State;

/// <summary>
/// What is stored of one shot. <see cref="Take"/> is the finished video that is in use, and <see cref="Next"/> the one in
/// work, or the newest one that gave no video. A finished take is replaced only by another finished one.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.shot")]
internal sealed record Shot
{
    [Id(0)] public required string Id { get; init; }

    [Id(1)] public required ShotPlan Plan { get; init; }

    [Id(2)] public Take? Take { get; init; }

    [Id(3)] public Take? Next { get; init; }

    /// <summary>Whether a generation has been, or is about to be, submitted for it.</summary>
    [JsonIgnore]
    public bool IsStarted => Take is not null
        || Next is { Phase: not TakePhase.Planned } and not { Phase: TakePhase.Canceled, StartPicture: null };

    /// <summary>What users see: a redo shows its own plan while it is in work, and a finished shot that of its video.</summary>
    [JsonIgnore] public ShotPlan ShownPlan => ShownTake is { } take && take == Next ? take.Plan : Plan;

    /// <summary>The take that users see; one that gave no video is shown only where there is no other.</summary>
    [JsonIgnore] public Take? ShownTake => Next is { } next && (next.IsInWork || Take is null) ? next : Take;

    public static Shot Of(ShotPlan plan) => new() { Id = Guid.NewGuid().ToString("N"), Plan = plan };
}

/// <summary>
/// One generation for a shot, with the plan that it was made for. The id is stored before the generation is submitted, so that
/// the submit can be repeated after a crash.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.take")]
internal sealed record Take
{
    [Id(0)] public required string GenerationId { get; init; }

    [Id(1)] public required ShotPlan Plan { get; init; }

    [Id(2)] public TakePhase Phase { get; init; }

    /// <summary>The upload that it starts from, once that is known.</summary>
    [Id(3)] public string? StartPicture { get; init; }

    /// <summary>The generation whose last frame <see cref="StartPicture"/> is.</summary>
    [Id(4)] public string? StartedFrom { get; init; }

    [Id(5)] public FinishedVideo? Video { get; init; }

    [Id(6)] public GenerationError? Error { get; init; }

    [Id(7)] public bool IsPreview { get; init; }

    /// <summary>The user wants no video; the generation may not know it yet.</summary>
    [Id(8)] public bool IsCancelRequested { get; init; }

    /// <summary>The id of the generation whose shot this one makes anew.</summary>
    [Id(9)] public string? Replaces { get; init; }

    [Id(10)] public string? Model { get; init; }

    /// <summary>
    /// The version of the generation when it ended without a video: a retry that has not happened finds the same.
    /// </summary>
    [Id(11)] public long? EndedVersion { get; init; }

    [JsonIgnore]
    public bool IsInWork => Phase is TakePhase.Planned or TakePhase.Submitting or TakePhase.Submitted
        or TakePhase.Retrying;

    public static Take Planned(ShotPlan plan, string? replaces = null, string? id = null) =>
        new() { GenerationId = id ?? Guid.CreateVersion7().ToString(), Plan = plan, Replaces = replaces };
}

/// <summary>How far a generation for a shot is.</summary>
[GenerateSerializer, Alias("videogen.take-phase")]
internal enum TakePhase
{
    /// <summary>Admitted; it waits for the last frame of the previous shot, or for the next step of the storyboard.</summary>
    Planned = 0,

    /// <summary>About to be submitted, perhaps done: it is submitted again under the same id until that is certain.</summary>
    Submitting = 1,

    /// <summary>Accepted.</summary>
    Submitted = 2,

    /// <summary>About to be retried, perhaps done.</summary>
    Retrying = 3,

    /// <summary>There is a video.</summary>
    Completed = 4,

    /// <summary>It ended with an error.</summary>
    Failed = 5,

    /// <summary>It ended without a video because that was requested, perhaps before it was submitted.</summary>
    Canceled = 6,
}
