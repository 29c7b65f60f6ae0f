using VideoGen.Grains.Contracts;
using VideoGen.Grains.Storyboards.Contract;
using VideoGen.Silo.Membership;

namespace VideoGen.Silo.Recovery;

/// <summary>
/// Wakes unfinished generations within seconds of a start or of a silo's death, long before their reminders would, and
/// unfinished storyboards, and webhooks that are due. It reads the reminder table: every unfinished generation has exactly one
/// row there, written before it was accepted.
/// </summary>
internal sealed partial class RecoverySweep(
    IReminderTable reminders, IClusterMembershipService membership, ILocalSiloDetails silo, LeadingSilo leader,
    IGrainFactory grains, TimeProvider time, ILogger<RecoverySweep> logger) : BackgroundService
{
    private const int MaxTries = 5;

    /// <summary>How many are woken at once: another caller waits behind these, not behind all of them.</summary>
    private const int AtOnce = 16;

    /// <summary>
    /// How many are woken: the oldest, which run or are next in the queue. Those behind them have nothing to do yet, and waking a
    /// hundred thousand of them would delay every request for a minute; their reminders do it bit by bit.
    /// </summary>
    private const int Most = 4_000;

    private static readonly GrainType GenerationType = GrainType.Create("videogen.generation");
    private static readonly GrainType StoryboardType = GrainType.Create("videogen.storyboard");
    private static readonly GrainType WebhookType = GrainType.Create("videogen.webhook");
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(2);

    /// <summary>A generation on a silo that hangs must not delay the others for longer.</summary>
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Polls the membership instead of subscribing to changes: this way none is missed, and reading it is free.
    /// </summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var schedule = new SweepSchedule(silo.SiloAddress);
        using var timer = new PeriodicTimer(Look, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (schedule.IsDue(Serving(), leader.IsThisOne, time.GetUtcNow()))
            {
                await SweepStubbornlyAsync(schedule.IsLossPossible, stoppingToken);
                schedule.Done(time.GetUtcNow());
            }
        }
    }

    private IEnumerable<SiloAddress> Serving() => membership.CurrentSnapshot.Members.Values
        .Where(member => member.Status is SiloStatus.Active or SiloStatus.ShuttingDown)
        .Select(member => member.SiloAddress);

    /// <summary>
    /// Retries reading the table until it succeeds; a generation that cannot be reached is eventually left to its reminder.
    /// </summary>
    private async Task SweepStubbornlyAsync(bool isLossPossible, CancellationToken stopping)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                if (await SweepAsync(isLossPossible, stopping) == 0 || tries >= MaxTries)
                {
                    return;
                }
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                LogTableUnread(exception);
            }

            await Task.Delay(RetryDelay, time, stopping);
        }
    }

    /// <summary>Oldest first, so that the queue is restored in its order; returns how many could not be reached.</summary>
    private async Task<int> SweepAsync(bool isLossPossible, CancellationToken stopping)
    {
        var rows = (await reminders.ReadRows(0, 0, stopping)).Reminders;    // the whole ring
        var unfinished = rows
            .Where(row => row.GrainId.Type == GenerationType)
            .OrderBy(row => row.StartAt)
            .Select(row => row.GrainId.Key.ToString()!)
            .ToList();
        var lost = 0;
        await Parallel.ForEachAsync(
            unfinished.Take(Most),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stopping },
            async (id, _) => Interlocked.Add(
                ref lost, await IsReachedAsync(id, one => WakeAsync(one, isLossPossible), stopping) ? 0 : 1));
        if (unfinished.Count > 0)
        {
            LogSwept(Math.Min(unfinished.Count, Most), unfinished.Count, lost);
        }

        await SweepStoryboardsAsync(rows, stopping);
        await SweepWebhooksAsync(rows, stopping);
        return lost;
    }

    /// <summary>Reading a storyboard activates it. One that cannot be reached is left to its reminder.</summary>
    private Task SweepStoryboardsAsync(IEnumerable<ReminderEntry> rows, CancellationToken stopping) =>
        WakeAllAsync(
            rows.Where(row => row.GrainId.Type == StoryboardType).OrderBy(row => row.StartAt).Take(Most),
            id => grains.GetGrain<IStoryboardGrain>(id).GetAsync(), stopping);

    /// <summary>A webhook's reminder row starts when it is due. One that cannot be reached is left to its reminder.</summary>
    private Task SweepWebhooksAsync(IEnumerable<ReminderEntry> rows, CancellationToken stopping)
    {
        var soon = time.GetUtcNow() + TimeSpan.FromMinutes(1);
        return WakeAllAsync(
            rows.Where(row => row.GrainId.Type == WebhookType && row.StartAt <= soon.UtcDateTime),
            id => grains.GetGrain<IWebhookGrain>(id).GetAsync(), stopping);
    }

    private Task WakeAllAsync(IEnumerable<ReminderEntry> rows, Func<string, Task> wake, CancellationToken stopping) =>
        Parallel.ForEachAsync(
            rows, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stopping },
            async (row, _) => await IsReachedAsync(row.GrainId.Key.ToString()!, wake, stopping));

    /// <summary>
    /// The call activates the generation, which starts its loop. After a loss, generations that are still active and wait for a
    /// slot are woken too: the queue may have been lost with the silo, and they should be back in it before newer ones get ahead
    /// of them.
    /// </summary>
    private async Task WakeAsync(string id, bool isLossPossible)
    {
        var generation = grains.GetGrain<IGenerationGrain>(id);
        if (await generation.NeedsSlotAsync() && isLossPossible)
        {
            await generation.PokeAsync();
        }
    }

    private async Task<bool> IsReachedAsync(string id, Func<string, Task> wake, CancellationToken stopping)
    {
        try
        {
            await wake(id).WaitAsync(CallTimeout, time, stopping);
            return true;
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            LogUnreached(exception, id);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Information,
        "Resumed {Count} of {All} unfinished generations; {Lost} of them could not be reached yet")]
    private partial void LogSwept(int count, int all, int lost);

    [LoggerMessage(LogLevel.Debug, "{Id} could not be reached")]
    private partial void LogUnreached(Exception exception, string id);

    [LoggerMessage(LogLevel.Warning, "Cannot read the list of unfinished generations yet; retrying")]
    private partial void LogTableUnread(Exception exception);
}
