using Orleans.Reminders.Redis;

namespace VideoGen.Silo.Reminders;

/// <summary>
/// Moves reminders from the table of earlier builds, of the part of the ring that this silo serves. What belongs to a silo of an
/// earlier build stays where that one reads it, until it leaves and its part of the ring comes to a silo of this build.
/// </summary>
internal sealed partial class ReminderMigration(
    GrainId id, global::Orleans.Runtime.Silo silo, ILoggerFactory loggers, ShardedReminderTable table, TimeProvider time)
    : GrainService(id, silo, loggers), IReminderMigration
{
    /// <summary>Also before the first look: a silo that starts knows of its neighbours by then.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly ILogger _log = loggers.CreateLogger<ReminderMigration>();

    protected override async Task StartInBackground()
    {
        await base.StartInBackground();
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(StoppedCancellationTokenSource.Token))
            {
                await MoveAsync(StoppedCancellationTokenSource.Token);
            }
        }
        catch (OperationCanceledException) when (StoppedCancellationTokenSource.IsCancellationRequested)
        {
        }
    }

    private async Task MoveAsync(CancellationToken stopping)
    {
        try
        {
            if (await table.MoveOldRowsAsync(RingRange.InRange, stopping) is var moved and > 0)
            {
                LogMoved(_log, moved);
            }
        }
        catch (RedisRemindersException exception)
        {
            LogNotMoved(_log, exception);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Count} reminders of an earlier build were moved to the sharded table")]
    private static partial void LogMoved(ILogger log, int count);

    [LoggerMessage(LogLevel.Warning, "Reminders of an earlier build could not be moved yet")]
    private static partial void LogNotMoved(ILogger log, Exception exception);
}
