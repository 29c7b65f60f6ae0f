using Orleans.Reminders.Redis;

namespace VideoGen.Silo.Reminders;

/// <summary>
/// Moves reminders from the table of earlier builds, for the part of the ring that this silo serves. Reminders that belong to a
/// silo of an earlier build stay in its table until it leaves and its part of the ring moves to a silo of this build.
/// </summary>
internal sealed partial class ReminderMigration(
    GrainId id, global::Orleans.Runtime.Silo silo, ILoggerFactory loggers, ShardedReminderTable table, TimeProvider time)
    : GrainService(id, silo, loggers), IReminderMigration
{
    /// <summary>Also the delay before the first move: a starting silo knows its neighbors by then.</summary>
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

    [LoggerMessage(LogLevel.Information, "Moved {Count} reminders of an earlier build to the sharded table")]
    private static partial void LogMoved(ILogger log, int count);

    [LoggerMessage(LogLevel.Warning, "Could not move the reminders of an earlier build yet")]
    private static partial void LogNotMoved(ILogger log, Exception exception);
}
