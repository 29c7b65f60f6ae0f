using System.Collections.Immutable;

namespace VideoGen.Grains.Quotas;

/// <summary>
/// What an owner has spent, stored before it is spent. The unfinished are those that were not found to have ended yet: only their own
/// durable state says so, and it is asked when the limit is reached, so that no death of a silo leaves a place taken.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.allowance-state")]
internal sealed record QuotaState
{
    [Id(0)] public DateOnly Day { get; init; }
    [Id(1)] public int Renders { get; init; }
    [Id(2)] public ImmutableArray<string> Unfinished { get; init; } = [];

    /// <summary>A new day begins with nothing spent; a clock that lags behind brings no day back.</summary>
    public QuotaState On(DateOnly today) => today > Day ? this with { Day = today, Renders = 0 } : this;

    public QuotaState Take(string generationId, bool countsUnfinished) => this with
    {
        Renders = Renders + 1,
        Unfinished = countsUnfinished && !Unfinished.Contains(generationId) ? Unfinished.Add(generationId) : Unfinished,
    };

    public QuotaState Without(IReadOnlySet<string> ended) => this with { Unfinished = Unfinished.RemoveAll(ended.Contains) };
}
