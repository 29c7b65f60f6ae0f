using VideoGen.LoadTest.Measuring;
using VideoGen.LoadTest.Running;

namespace VideoGen.LoadTest.Faults;

/// <summary>
/// Stops and kills, in turns and evenly over the orders, each followed by a new start: of silos above all, of APIs, and of Redis,
/// which has every answer in its file.
/// </summary>
internal sealed class Disruptions(Deployment deployment, Random random, int orders)
{
    private const int OrdersEach = 60;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan StorePause = TimeSpan.FromSeconds(1);

    private readonly int _count = Math.Max(2, orders / OrdersEach);

    /// <summary>When a silo was killed.</summary>
    public List<DateTimeOffset> Kills { get; } = [];

    /// <summary>Stops that did not end with exit code 0.</summary>
    public List<string> Unclean { get; } = [];

    public List<string> Done { get; } = [];

    /// <summary>Disrupts while orders come to their end.</summary>
    public async Task RunAsync(Func<int> ended, CancellationToken end)
    {
        for (var number = 0; number < _count; number++)
        {
            var due = (number * orders / _count) + random.Next(1, Math.Max(2, orders / _count));
            while (ended() < due)
            {
                await Task.Delay(Look, end);
            }

            await DisruptAsync(isStop: number % 2 == 0, number < 2 ? 0 : random.Next(6));
            Report.Say($"{DateTimeOffset.UtcNow:HH:mm:ss} {ended()} orders have ended: {Done[^1]}");
        }
    }

    private Task DisruptAsync(bool isStop, int dice) => dice switch
    {
        4 => DisruptApiAsync(isStop),
        5 => DisruptRedisAsync(isStop),
        _ => DisruptSiloAsync(isStop),
    };

    private async Task DisruptSiloAsync(bool isStop)
    {
        var number = random.Next(deployment.Silos.Count);
        if (isStop)
        {
            Note("silo stopped", await deployment.StopSiloAsync(number));
        }
        else
        {
            Kills.Add(DateTimeOffset.UtcNow);
            await deployment.KillSiloAsync(number);
            Done.Add("silo killed");
        }

        await deployment.StartSiloAsync();
    }

    private async Task DisruptApiAsync(bool isStop)
    {
        var api = deployment.Apis[random.Next(deployment.Apis.Count)];
        if (isStop)
        {
            Note("API stopped", await api.StopAsync());
        }
        else
        {
            await api.KillAsync();
            Done.Add("API killed");
        }

        await api.RestartAsync();
    }

    private async Task DisruptRedisAsync(bool isStop)
    {
        var redis = deployment.Redis!;
        await (isStop ? redis.StopAsync() : redis.KillAsync());
        Done.Add(isStop ? "Redis stopped" : "Redis killed");
        await Task.Delay(StorePause);
        await redis.StartAsync();
    }

    private void Note(string what, int exitCode)
    {
        Done.Add(what);
        if (exitCode != 0)
        {
            Unclean.Add($"{what}, with exit code {exitCode}");
        }
    }
}
