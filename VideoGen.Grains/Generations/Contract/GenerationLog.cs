using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace VideoGen.Grains.Generations.Contract;

/// <summary>
/// What happened to a generation, oldest first: one line per version, and notes between them. The log is bounded; when lines had
/// to be dropped, the first and the newest ones are kept and <see cref="IsTruncated"/> is set.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.generation-log")]
public sealed record GenerationLog
{
    /// <summary>The maximum number of lines.</summary>
    public const int MaxLines = 200;

    /// <summary>The lines, oldest first.</summary>
    [Id(0)] public ImmutableArray<LogLine> Lines { get; init; } = [];

    /// <summary>Whether lines in the middle were dropped.</summary>
    [Id(1)] public bool IsTruncated { get; init; }
}

/// <summary>
/// One line. Unless it is a note, it was added together with <paramref name="Version"/> of the generation. <paramref
/// name="Error"/> is the error of an attempt or of the generation. <paramref name="Detail"/> is for users and contains no
/// prompts, secrets or addresses.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.log-line")]
public sealed record LogLine(
    long Version, DateTimeOffset At, LogKind Kind, GenerationStatus Status, int Attempt, GenerationError? Error = null,
    string? Detail = null)
{
    /// <summary>
    /// Notes record what is not worth a write of its own; they are stored with the next version, and lost if there is none.
    /// </summary>
    [JsonIgnore] public bool IsNote => Kind is LogKind.Waiting or LogKind.Resumed;
}

/// <summary>A generation together with its log at the same moment.</summary>
[GenerateSerializer, Immutable, Alias("videogen.logged-generation")]
public sealed record LoggedGeneration(GenerationSnapshot Generation, GenerationLog Log);

/// <summary>The kinds of log lines; docs/api.md lists them for users.</summary>
[GenerateSerializer, Alias("videogen.log-kind")]
public enum LogKind
{
    /// <summary>The request was stored.</summary>
    Accepted = 0,

    /// <summary>The generation waits for its turn, or for what the detail names. A note.</summary>
    Waiting = 1,

    /// <summary>An attempt begins; the detail names the provider, or the backend if it has none.</summary>
    AttemptStarted = 2,

    /// <summary>The backend accepted the job.</summary>
    Submitted = 3,

    /// <summary>The backend certainly did not accept the job; another attempt follows.</summary>
    Refused = 4,

    /// <summary>It is unknown whether the backend accepted the job.</summary>
    OutcomeUnknown = 5,

    /// <summary>The video is ready at the backend.</summary>
    Rendered = 6,

    /// <summary>The video as rendered is in the media store.</summary>
    Stored = 7,

    /// <summary>The video is finished.</summary>
    Completed = 8,

    /// <summary>The generation ended with an error.</summary>
    Failed = 9,

    /// <summary>The end of our process, or a lost job, cut the attempt short.</summary>
    Interrupted = 10,

    /// <summary>Another process or activation resumed the generation. A note.</summary>
    Resumed = 11,

    /// <summary>The user requested cancellation.</summary>
    CancelRequested = 12,

    /// <summary>The generation ended at the user's request; the detail says what the provider may still do.</summary>
    Canceled = 13,

    /// <summary>The user submitted it again.</summary>
    Retried = 14,

    /// <summary>Its media are no longer kept.</summary>
    Expired = 15,

    /// <summary>The outcome of its submit became known after the generation had failed: the job is followed.</summary>
    Reopened = 16,

    /// <summary>The model certainly did not take the request; the detail names the one that is tried instead.</summary>
    ModelChanged = 17,
}
