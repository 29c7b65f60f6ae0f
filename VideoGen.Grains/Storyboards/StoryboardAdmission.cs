using System.Collections.Immutable;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Steps;
using VideoGen.Grains.Storyboards.Contract;
using VideoGen.Grains.Storyboards.State;
using VideoGen.Grains.Storyboards.Steps;

namespace VideoGen.Grains.Storyboards;

/// <summary>
/// Admits the generations of several shots at once, or none of them: the queues of their upstreams must have room, and the quotas
/// of the owner must suffice.
/// </summary>
internal sealed class StoryboardAdmission(StoryboardContext context)
{
    private static readonly TimeSpan FullQueuePause = TimeSpan.FromSeconds(30);

    /// <summary>The owner's quotas and no refusal where all are admitted.</summary>
    public async Task<Admission> AdmitAsync(ImmutableArray<Take> takes)
    {
        foreach (var upstream in takes.GroupBy(UpstreamOf))
        {
            var usage = await context.Grains.GetGrain<IBudgetGrain>(upstream.Key).GetUsageAsync();
            if (usage.Renders + usage.Waiting + upstream.Count() > context.Tools.MaxUnfinished)
            {
                return new Admission(StoryboardRefusal.QueueFull, FullQueuePause, null);
            }
        }

        if (context.Tools.Quotas.IsOff)
        {
            return new Admission(null, null, null);
        }

        if (Exceeds(context.Tools.Quotas.Unfinished) || Exceeds(context.Tools.Quotas.RendersPerDay))
        {
            return new Admission(StoryboardRefusal.TooManyShots, null, null);
        }

        var quota = await context.Grains.GetGrain<IAllowanceGrain>(context.Storyboard.Owner)
            .TakeAllAsync(context.Id, [.. takes.Select(take => take.GenerationId)]);
        return new Admission(
            quota.Refusal is null ? null : StoryboardRefusal.QuotaReached, quota.Refusal?.Reset, quota);

        bool Exceeds(int limit) => limit > 0 && takes.Length > limit;
    }

    private string UpstreamOf(Take take)
    {
        var backends = context.Tools.Backends;
        var model = backends.FindModel(take.Plan.Model ?? context.Storyboard.Settings!.Model) ?? backends.Default;
        return backends.Candidates(model, take.GenerationId).FirstOrDefault() ?? model.Upstream;
    }
}

/// <summary>Whether generations were admitted.</summary>
internal sealed record Admission(StoryboardRefusal? Refusal, TimeSpan? RetryAfter, QuotaReply? Quota);
