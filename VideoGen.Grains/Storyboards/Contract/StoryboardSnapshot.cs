using System.Collections.Immutable;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Storyboards.Contract;

/// <summary>
/// An immutable view of a storyboard and its shots. <paramref name="Version"/> grows with every persisted change and <paramref
/// name="PlanVersion"/> with every change of what the user wrote; <paramref name="Tag"/> changes with everything that is
/// visible. <paramref name="Progress"/> is 0–1, null before the first render. <paramref name="Film"/> is the joined video,
/// which stays while a shot is regenerated. <paramref name="WaitReason"/> says why shots cannot be joined now.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.storyboard-snapshot")]
public sealed record StoryboardSnapshot(
    string Id, string Owner, StoryboardSettings Settings, ImmutableArray<ShotSnapshot> Shots, StoryboardStatus Status,
    long Version, int PlanVersion, string Tag, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, double? Progress,
    FinishedVideo? Film, bool IsPreview, GenerationError? Error, ImmutableArray<double> Chapters, Expiry? Expiry = null,
    string? WaitReason = null);

/// <summary>
/// A shot as it is now. <paramref name="GenerationId"/> is the generation in work, or the one that made <paramref name="Video"/>;
/// null before the first render. <paramref name="StartPicture"/> is the upload that it started from, and <paramref
/// name="StartedFrom"/> the generation whose last frame that is. <paramref name="Error"/> says why the newest generation failed,
/// also where an earlier one has made the video.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.shot-snapshot")]
public sealed record ShotSnapshot(
    string Id, ShotPlan Plan, ShotStatus Status, string? GenerationId, GenerationStage? Stage, double? Progress,
    int? QueuePosition, string? WaitReason, FinishedVideo? Video, bool IsPreview, string? StartPicture, string? StartedFrom,
    string? Model, int? ReferencesUsed, GenerationError? Error);

/// <summary>The status of a storyboard.</summary>
[GenerateSerializer, Alias("videogen.storyboard-status")]
public enum StoryboardStatus
{
    /// <summary>Not rendered yet.</summary>
    Draft = 0,

    /// <summary>Shots are being made.</summary>
    Rendering = 1,

    /// <summary>All shots are made and are being joined.</summary>
    Joining = 2,

    /// <summary>The joined video shows all shots as they are.</summary>
    Completed = 3,

    /// <summary>A shot or the join failed, and nothing else can go on.</summary>
    Failed = 4,

    /// <summary>Shots are missing because they were canceled.</summary>
    Canceled = 5,
}

/// <summary>The status of a shot.</summary>
[GenerateSerializer, Alias("videogen.shot-status")]
public enum ShotStatus
{
    /// <summary>Not rendered yet.</summary>
    Draft = 0,

    /// <summary>Waiting for its turn, or for the previous shot.</summary>
    Pending = 1,

    /// <summary>Being made, for the first time or anew.</summary>
    Processing = 2,

    /// <summary>Made.</summary>
    Completed = 3,

    /// <summary>Failed, and there is no video of it.</summary>
    Failed = 4,

    /// <summary>Canceled, and there is no video of it.</summary>
    Canceled = 5,
}
