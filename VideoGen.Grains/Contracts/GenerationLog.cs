using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace VideoGen.Grains.Contracts;

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
