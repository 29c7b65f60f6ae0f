using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Storage;

namespace VideoGen.Grains.Quotas;

[GrainType("videogen.allowance")]
internal sealed partial class QuotaGrain(
    [PersistentState("allowance")] IPersistentState<QuotaState> state, IOptions<QuotaOptions> options, TimeProvider time,
    ILogger<QuotaGrain> logger) : Grain, IAllowanceGrain
{
    /// <summary>Submissions whose reply may have been lost, and which are then repeated at once.</summary>
    private const int MaxRecent = 256;

    /// <summary>How many generations are asked at a time whether they have ended.</summary>
    private const int AskedAtOnce = 50;

    /// <summary>Limits the calls when an owner keeps submitting although the quota is used up.</summary>
    private static readonly TimeSpan AskInterval = TimeSpan.FromSeconds(5);

    private readonly Queue<string> _recent = new();
    private readonly long _activatedAt = time.GetTimestamp();
    private TokenBucket _pace = TokenBucket.Full(1, TimeSpan.Zero);
    private TimeSpan _askAgainAt;

    private QuotaOptions Limits => options.Value;

    /// <summary>The time since the activation; only days follow the wall clock.</summary>
    private TimeSpan Now => time.GetElapsedTime(_activatedAt);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _pace = TokenBucket.Full(Math.Max(1, Limits.SubmitsPerMinute), Now);
        return Task.CompletedTask;
    }

    public Task<QuotaReply> TakeAsync(string generationId, int attempt) => TakeAsync(null, [generationId], attempt);

    public Task<QuotaReply> TakeAllAsync(string storyboardId, ImmutableArray<string> generationIds) =>
        TakeAsync(storyboardId, generationIds, 1);

    private async Task<QuotaReply> TakeAsync(string? storyboardId, ImmutableArray<string> generationIds, int attempt)
    {
        _pace = _pace.Fill(Now);
        var spent = state.State.On(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
        var submission = $"{generationIds[0]}/{attempt}";
        if (_recent.Contains(submission))
        {
            return new QuotaReply(Standings(spent));
        }

        if (IsCrowded(spent, generationIds) && Now >= _askAgainAt)
        {
            _askAgainAt = Now + AskInterval;
            spent = spent.Without(await EndedAsync(spent.Unfinished));
        }

        if (Refusal(spent, generationIds) is { } refusal)
        {
            return new QuotaReply(Standings(spent), refusal);
        }

        await SaveAsync(generationIds.Aggregate(
            spent, (next, id) => next.Take(id, countsUnfinished: Limits.Unfinished > 0, storyboardId)));
        _pace = _pace.Take();
        Remember(submission);
        return new QuotaReply(Standings(state.State));
    }

    private bool IsCrowded(QuotaState spent, ImmutableArray<string> generationIds) =>
        Limits.Unfinished > 0
        && spent.Unfinished.Length + generationIds.Count(id => !spent.Holds(id)) > Limits.Unfinished;

    private QuotaStatus? Refusal(QuotaState spent, ImmutableArray<string> generationIds) =>
        Standings(spent).FirstOrDefault(standing => standing.Kind switch
        {
            QuotaKind.Unfinished => IsCrowded(spent, generationIds),
            QuotaKind.Renders => standing.Left < generationIds.Length,
            _ => standing.Left == 0,
        }) is { } refusal
            ? refusal.Kind is QuotaKind.Submits ? refusal with { Reset = _pace.UntilOne } : refusal
            : null;

    private ImmutableArray<QuotaStatus> Standings(QuotaState spent)
    {
        var now = time.GetUtcNow().UtcDateTime;
        QuotaStatus[] all =
        [
            new(QuotaKind.Renders, Limits.RendersPerDay, Math.Max(0, Limits.RendersPerDay - spent.Renders),
                now.Date.AddDays(1) - now),
            new(QuotaKind.Unfinished, Limits.Unfinished, Math.Max(0, Limits.Unfinished - spent.Unfinished.Length), AskInterval),
            new(QuotaKind.Submits, Limits.SubmitsPerMinute, (int)_pace.Left, _pace.UntilFull),
        ];
        return [.. all.Where(standing => standing.Limit > 0)];
    }

    /// <summary>A generation that does not respond counts as unfinished.</summary>
    private async Task<HashSet<string>> EndedAsync(ImmutableArray<string> unfinished)
    {
        HashSet<string> ended = [];
        foreach (var some in unfinished.Chunk(AskedAtOnce))
        {
            var answers = await Task.WhenAll(some.Select(HasEndedAsync));
            ended.UnionWith(some.Where((_, index) => answers[index]));
        }

        return ended;
    }

    private async Task<bool> HasEndedAsync(string entry)
    {
        var (generationId, storyboardId) = QuotaState.Read(entry);
        try
        {
            return !await GrainFactory.GetGrain<IGenerationGrain>(generationId).IsUnfinishedAsync()
                && (storyboardId is null
                    || !await GrainFactory.GetGrain<IShotOwnerGrain>(storyboardId).IsInWorkAsync(generationId));
        }
        catch (Exception exception)
        {
            // A generation that cannot be read only uses up its own slot in the quota; its owner can still submit others.
            LogUnread(exception, generationId);
            return false;
        }
    }

    private void Remember(string submission)
    {
        _recent.Enqueue(submission);
        if (_recent.Count > MaxRecent)
        {
            _recent.Dequeue();
        }
    }

    /// <summary>The quota per minute alone needs no stored state.</summary>
    private Task SaveAsync(QuotaState next) => Limits is { Unfinished: 0, RendersPerDay: 0 }
        ? Task.CompletedTask
        : state.SaveAsync(next, DeactivateOnIdle);

    [LoggerMessage(LogLevel.Warning, "Cannot determine whether generation {GenerationId} has ended; it counts as unfinished")]
    private partial void LogUnread(Exception exception, string generationId);
}
