using VideoGen.Grains.Contracts;

namespace VideoGen.Silo.Recovery;

/// <summary>
/// Brings unfinished generations back within seconds of a start or of a silo's death, long before their reminders would. The
/// reminder table is the list of them: every unfinished generation has exactly one row there, written before it was accepted.
/// </summary>
internal sealed partial class RecoverySweep(
    IReminderTable reminders, IClusterMembershipService membership, ILocalSiloDetails silo, IGrainFactory grains,
    TimeProvider time, ILogger<RecoverySweep> logger) : BackgroundService
{
    private static readonly GrainType GenerationType = GrainType.Create("videogen.generation");
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await WatchAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The membership ends with the silo, which may be before this service is asked to stop.
        }
    }

    private async Task WatchAsync(CancellationToken stoppingToken)
    {
        var alive = new HashSet<SiloAddress>();
        await foreach (var members in membership.MembershipUpdates.WithCancellation(stoppingToken))
        {
            var now = members.Members.Values.Where(IsServing).Select(member => member.SiloAddress).ToHashSet();
            if (!now.Contains(silo.SiloAddress))
            {
                continue;
            }

            var isFirst = !alive.Contains(silo.SiloAddress);
            var isOthersDeath = alive.Except(now).Any() && now.Min()!.Equals(silo.SiloAddress);
            alive = now;
            if (isFirst || isOthersDeath)
            {
                await SweepStubbornlyAsync(stoppingToken);
            }
        }
    }

    private static bool IsServing(ClusterMember member) => member.Status is SiloStatus.Active or SiloStatus.ShuttingDown;

    private async Task SweepStubbornlyAsync(CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                await SweepAsync(stopping);
                return;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogSweepFailed(exception);
                await Task.Delay(RetryDelay, time, stopping);
            }
        }
    }

    /// <summary>Oldest first, so that the queue comes back in its order.</summary>
    private async Task SweepAsync(CancellationToken stopping)
    {
        var rows = await reminders.ReadRows(0, 0, stopping);
        var unfinished = rows.Reminders
            .Where(row => row.GrainId.Type == GenerationType)
            .OrderBy(row => row.StartAt)
            .Select(row => row.GrainId.Key.ToString()!)
            .ToList();
        await Parallel.ForEachAsync(
            unfinished,
            new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = stopping },
            async (id, _) => await grains.GetGrain<IGenerationGrain>(id).NeedsSlotAsync());
        if (unfinished.Count > 0)
        {
            LogSwept(unfinished.Count);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Count} unfinished generations are going on")]
    private partial void LogSwept(int count);

    [LoggerMessage(LogLevel.Warning, "Unfinished generations could not be brought back yet; trying again")]
    private partial void LogSweepFailed(Exception exception);
}
