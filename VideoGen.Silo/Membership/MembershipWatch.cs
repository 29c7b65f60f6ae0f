using Orleans.Clustering.Redis;
using StackExchange.Redis;

namespace VideoGen.Silo.Membership;

/// <summary>
/// Looks this silo up in the membership table every second. When the table is lost for good (Redis restarted without its data, or
/// was flushed), Orleans would keep logging errors forever next to the second cluster that new silos form, so this process exits
/// with a message. Orleans reads the table too, but rarely; here a suspended silo learns at once that it was declared dead.
/// </summary>
internal sealed class MembershipWatch(
    IMembershipTable table, IClusterMembershipService membership, ILocalSiloDetails silo, IFatalErrorHandler fatal,
    TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>The time for an operator to rewrite the table, or for it to be restored from a replica.</summary>
    private static readonly TimeSpan MissingTimeout = TimeSpan.FromSeconds(10);

    private long? _missingSince;

    /// <summary>Whether the table does not list this silo; if that lasts, the process exits.</summary>
    public bool IsMissing => _missingSince is not null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (membership.CurrentSnapshot.GetSiloStatus(silo.SiloAddress) is SiloStatus.Active)
            {
                Judge(await LookAsync(stoppingToken));
            }
        }
    }

    private async Task<TableVerdict> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await table.ReadRowAsync(silo.SiloAddress, cancellationToken)).Members switch
            {
                [{ Item1.Status: SiloStatus.Dead }] => TableVerdict.Dead,
                [_] => TableVerdict.Listed,
                _ => TableVerdict.Missing,
            };
        }
        catch (RedisClusteringException)
        {
            return TableVerdict.Missing;    // the table has no version, so it is gone
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            return TableVerdict.Unknown;
        }
    }

    private void Judge(TableVerdict verdict)
    {
        switch (verdict)
        {
            case TableVerdict.Dead:
                fatal.OnFatalException(this, FailFast.Dead, null);
                break;
            case TableVerdict.Listed:
                _missingSince = null;
                break;
            case TableVerdict.Missing when time.GetElapsedTime(_missingSince ??= time.GetTimestamp()) >= MissingTimeout:
                fatal.OnFatalException(this, FailFast.Lost, null);
                break;
        }
    }
}
