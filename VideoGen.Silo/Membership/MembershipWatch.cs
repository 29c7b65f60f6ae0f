using Orleans.Clustering.Redis;
using StackExchange.Redis;

namespace VideoGen.Silo.Membership;

/// <summary>
/// Looks this silo up in the membership table. When the table is lost for good (Redis came back without its data, or was flushed)
/// Orleans goes on with errors for ever, beside the second cluster that new silos form: the process says so and ends instead.
/// Orleans looks at the table too, but seldom; a silo that was suspended learns here at once that it is dead.
/// </summary>
internal sealed class MembershipWatch(
    IMembershipTable table, IClusterMembershipService membership, ILocalSiloDetails silo, IFatalErrorHandler fatal,
    TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>A table that is written anew by an operator, or read back from a replica, is given so long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private long? _missingSince;

    /// <summary>Whether the table does not list this silo; when that lasts, the process ends.</summary>
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
            return TableVerdict.Missing;    // the table has no version: it is gone
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
            case TableVerdict.Missing when time.GetElapsedTime(_missingSince ??= time.GetTimestamp()) >= Patience:
                fatal.OnFatalException(this, FailFast.Lost, null);
                break;
        }
    }
}
