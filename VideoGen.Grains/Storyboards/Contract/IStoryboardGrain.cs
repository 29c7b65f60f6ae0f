using System.Collections.Immutable;
using Orleans.Concurrency;
using VideoGen.Grains.Calls;
using VideoGen.Grains.Characters;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Storyboards.Contract;

/// <summary>
/// Owns one storyboard: its shots, which are generations, and the video that joins them; the key is its id, a lower-case
/// version-7 UUID. Shots are numbered from 1. All replies are null when the id is unknown.
/// </summary>
[GrainInterfaceType("videogen.storyboard")]
public interface IStoryboardGrain : IGrainWithStringKey
{
    /// <summary>Durably creates a draft before it responds. Repeating the call returns the same storyboard.</summary>
    [Alias("create"), Repeatable]
    Task<StoryboardSnapshot> CreateAsync(NewStoryboard storyboard);

    /// <summary>The storyboard with the live progress of its shots.</summary>
    [Alias("get"), AlwaysInterleave, Repeatable, ResponseTimeout("00:00:02.5")]
    Task<StoryboardSnapshot?> GetAsync();

    /// <summary>
    /// The same, as soon as its tag differs from <paramref name="seen"/>, and after 5 s at the latest.
    /// </summary>
    [Alias("watch"), AlwaysInterleave, Repeatable]
    Task<StoryboardSnapshot?> WatchAsync(string? seen);

    /// <summary>
    /// Replaces what the user wrote, if it still has this plan version. After the first render only the title and the transition
    /// can differ.
    /// </summary>
    [Alias("change")]
    Task<StoryboardReply?> ChangeAsync(int planVersion, StoryboardSettings settings, ImmutableArray<ShotPlan> shots);

    /// <summary>Replaces a shot that has not started, if the storyboard still has this plan version.</summary>
    [Alias("change-shot")]
    Task<StoryboardReply?> ChangeShotAsync(int planVersion, int number, ShotPlan plan);

    /// <summary>
    /// Starts a draft: all shots are admitted at once, or none. Of a storyboard that was started before, the call changes
    /// nothing. <paramref name="cast"/> is the version of the character to use; null keeps the one of the draft.
    /// </summary>
    [Alias("render")]
    Task<StoryboardReply?> RenderAsync(CastForRender? cast, UsedKey? key);

    /// <summary>
    /// Regenerates one shot, as planned or, if the storyboard still has this plan version, as in <paramref name="plan"/>, and
    /// joins again when it is done. The video of the shot stays until then.
    /// </summary>
    [Alias("regenerate")]
    Task<StoryboardReply?> RegenerateAsync(int number, int planVersion, ShotPlan? plan, UsedKey? key);

    /// <summary>
    /// The reply to a request whose key was used before, so that it can be given before the request is checked; null for a new
    /// key.
    /// </summary>
    [Alias("find-key"), AlwaysInterleave, Repeatable]
    Task<StoryboardReply?> FindKeyAsync(UsedKey key);

    /// <summary>Retries a failed or canceled shot, or all of them and the join.</summary>
    [Alias("retry")]
    Task<StoryboardReply?> RetryAsync(int? number, UsedKey? key);

    /// <summary>Cancels one shot, or all that are not finished.</summary>
    [Alias("cancel")]
    Task<StoryboardReply?> CancelAsync(int? number);

    /// <summary>
    /// Deletes the storyboard and its joined video; the generations of its shots stay. One that is not finished is deleted only
    /// with <paramref name="force"/>, which cancels its shots.
    /// </summary>
    [Alias("delete")]
    Task<DeleteOutcome> DeleteAsync(bool force);

    /// <summary>The uploads that it needs.</summary>
    [Alias("get-pictures"), AlwaysInterleave]
    Task<ImmutableArray<string>> GetPicturesAsync();

    /// <summary>What retention needs to know of the joined video; null while there is none.</summary>
    [Alias("get-kept"), AlwaysInterleave]
    Task<KeptJoinedVideo?> GetKeptAsync();

    /// <summary>Permanently removes the joined video; it is not joined again by itself.</summary>
    [Alias("expire")]
    Task ExpireAsync(ExpiryReason reason);
}

/// <summary>The joined video of a storyboard: when it was last changed, and the bytes of its video and poster.</summary>
[GenerateSerializer, Immutable, Alias("videogen.kept-film")]
public sealed record KeptJoinedVideo(DateTimeOffset UpdatedAt, long Bytes);

/// <summary>A version of a character, and the size that a storyboard has with its front picture.</summary>
[GenerateSerializer, Immutable, Alias("videogen.cast-for-render")]
public sealed record CastForRender(CharacterSnapshot Character, FrameSize Frame);

/// <summary>What a new storyboard consists of: 1–24 shots.</summary>
[GenerateSerializer, Immutable, Alias("videogen.new-storyboard")]
public sealed record NewStoryboard(string Owner, StoryboardSettings Settings, ImmutableArray<ShotPlan> Shots);

/// <summary>
/// An idempotency key that a request came with: hashes of the key and of the request, and when the storyboard received it. It
/// remembers its newest 64 keys for 24 hours.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.used-key")]
public sealed record UsedKey(string Key, string Fingerprint, DateTimeOffset At = default);

/// <summary>
/// The storyboard after a request, and why the request was refused, if it was. <paramref name="RetryAfter"/> is set where the
/// queue is full, and <paramref name="Quota"/> where there are quotas. <paramref name="IsReplay"/>: the same key was used for the
/// same request before, and nothing was done.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.storyboard-reply")]
public sealed record StoryboardReply(
    StoryboardSnapshot Storyboard, StoryboardRefusal? Refusal = null, TimeSpan? RetryAfter = null, QuotaReply? Quota = null,
    bool IsReplay = false);

/// <summary>Why a request to a storyboard was refused.</summary>
[GenerateSerializer, Alias("videogen.storyboard-refusal")]
public enum StoryboardRefusal
{
    /// <summary>It has no shot with this number.</summary>
    NoSuchShot = 0,

    /// <summary>What was to be changed has been submitted already.</summary>
    AlreadyStarted = 1,

    /// <summary>Someone else changed it meanwhile; read it again.</summary>
    ChangedMeanwhile = 2,

    /// <summary>It was not rendered yet.</summary>
    NotStarted = 3,

    /// <summary>The shot is being made.</summary>
    StillRunning = 4,

    /// <summary>Nothing failed and nothing was canceled.</summary>
    NothingToRetry = 5,

    /// <summary>Nothing is left to cancel.</summary>
    AlreadyFinished = 6,

    /// <summary>An upstream has no room for all shots.</summary>
    QueueFull = 7,

    /// <summary>A quota of the owner does not suffice for all shots.</summary>
    QuotaReached = 8,

    /// <summary>The idempotency key belongs to another request.</summary>
    KeyReused = 9,

    /// <summary>It has more shots than a quota of the owner ever allows at once.</summary>
    TooManyShots = 10,
}
