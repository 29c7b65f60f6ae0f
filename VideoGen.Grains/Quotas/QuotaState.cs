using System.Collections.Immutable;

namespace VideoGen.Grains.Quotas;

/// <summary>
/// What an owner has used, stored before it is used. The unfinished generations are those that are not known to have ended: only
/// their own stored state says so, and it is read when the quota is used up, so that a lost silo never leaves the quota reduced.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.allowance-state")]
internal sealed record QuotaState
{
    private const char Separator = '@';

    [Id(0)] public DateOnly Day { get; init; }
    [Id(1)] public int Renders { get; init; }
    [Id(2)] public ImmutableArray<string> Unfinished { get; init; } = [];

    /// <summary>A new day starts with nothing used; a clock that lags behind does not bring an earlier day back.</summary>
    public QuotaState On(DateOnly today) => today > Day ? this with { Day = today, Renders = 0 } : this;

    public QuotaState Take(string generationId, bool countsUnfinished, string? storyboardId = null) => this with
    {
        Renders = Renders + 1,
        Unfinished = countsUnfinished && !Holds(generationId)
            ? Unfinished.Add(storyboardId is null ? generationId : $"{generationId}{Separator}{storyboardId}")
            : Unfinished,
    };

    public bool Holds(string generationId) => Unfinished.Any(entry => Read(entry).GenerationId == generationId);

    /// <summary>The generation of an entry, and the storyboard that has it made.</summary>
    public static (string GenerationId, string? StoryboardId) Read(string entry) =>
        entry.IndexOf(Separator) is >= 0 and var at ? (entry[..at], entry[(at + 1)..]) : (entry, null);

    public QuotaState Without(IReadOnlySet<string> ended) => this with { Unfinished = Unfinished.RemoveAll(ended.Contains) };
}
