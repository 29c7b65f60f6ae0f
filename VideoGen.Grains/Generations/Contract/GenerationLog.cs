using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace VideoGen.Grains.Generations.Contract;

/// <summary>
/// What happened to a generation, oldest first: one line for each version, and notes between them. It is bounded; when lines had to
/// go, the first ones and the newest are kept and <see cref="IsTruncated"/> is set.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.generation-log")]
public sealed record GenerationLog
{
    /// <summary>The most lines that are kept.</summary>
    public const int MaxLines = 200;

    /// <summary>The lines, oldest first.</summary>
    [Id(0)] public ImmutableArray<LogLine> Lines { get; init; } = [];

    /// <summary>Whether lines are missing in the middle.</summary>
    [Id(1)] public bool IsTruncated { get; init; }
}

/// <summary>
/// One line: the generation as of <paramref name="Version"/>, which came with it unless it is a note. <paramref name="Error"/> is what
/// an attempt or the generation failed with. <paramref name="Detail"/> is for users and holds neither prompts nor secrets nor addresses.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.log-line")]
public sealed record LogLine(
    long Version, DateTimeOffset At, LogKind Kind, GenerationStatus Status, int Attempt, GenerationError? Error = null,
    string? Detail = null)
{
    /// <summary>Notes tell of what is not worth a write; they are stored with the next version, and lost when there is none.</summary>
    [JsonIgnore] public bool IsNote => Kind is LogKind.Waiting or LogKind.Resumed;
}

/// <summary>A generation with its log, of the same moment.</summary>
[GenerateSerializer, Immutable, Alias("videogen.logged-generation")]
public sealed record LoggedGeneration(GenerationSnapshot Generation, GenerationLog Log);

/// <summary>What a line of a generation's log tells; docs/api.md lists them for users.</summary>
[GenerateSerializer, Alias("videogen.log-kind")]
public enum LogKind
{
    /// <summary>The order was stored.</summary>
    Accepted = 0,

    /// <summary>It waits: for its turn, or for what the detail names. A note.</summary>
    Waiting = 1,

    /// <summary>An attempt begins; the detail names who makes it.</summary>
    AttemptStarted = 2,

    /// <summary>The backend took the job.</summary>
    Submitted = 3,

    /// <summary>The backend certainly did not take the job; another attempt follows.</summary>
    Refused = 4,

    /// <summary>It is not known whether the backend took the job.</summary>
    OutcomeUnknown = 5,

    /// <summary>The film is ready at the backend.</summary>
    Rendered = 6,

    /// <summary>The film as rendered is in the media store.</summary>
    Stored = 7,

    /// <summary>The film is done.</summary>
    Completed = 8,

    /// <summary>It ended with an error.</summary>
    Failed = 9,

    /// <summary>Our own end, or a lost job, cut the attempt short.</summary>
    Interrupted = 10,

    /// <summary>Another life of the service took it up where the last one left it. A note.</summary>
    Resumed = 11,

    /// <summary>The user asked to cancel.</summary>
    CancelRequested = 12,

    /// <summary>It ended because the user wished so; the detail says what the provider may still do.</summary>
    Canceled = 13,

    /// <summary>The user ordered it again.</summary>
    Retried = 14,

    /// <summary>Its media are not kept any more.</summary>
    Expired = 15,

    /// <summary>The outcome of its submit became known after it was given up: the job is followed.</summary>
    Reopened = 16,
}
