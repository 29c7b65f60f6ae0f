using System.Net;
using Microsoft.Extensions.DependencyInjection;
using VideoGen.LoadTest.Measuring;
using VideoGen.LoadTest.Running;
using VideoGen.Testing;

namespace VideoGen.LoadTest.Growth;

/// <summary>
/// What N silos ask of the one membership table. How often is counted with three real silos; what each question costs Redis is
/// measured on a table of N rows with Orleans' own code; N silos are the product of both.
/// </summary>
internal static class Members
{
    private const int Calls = 200;
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(15);

    public static async Task RunAsync()
    {
        Report.Title("5. membership");
        var rates = await HabitsAsync(silos: 3);
        Report.Head(
            "silos", "own row, CPU µs of Redis", "sign of life µs", "whole table µs", "KB", "all silos, CPU s/s of Redis", "MB/s",
            "all read it once: CPU s", "MB");
        foreach (var silos in (int[])[10, 100, 1000])
        {
            await CostAsync(silos, rates);
        }
    }

    /// <summary>Commands on the table for each silo and second, while nothing changes.</summary>
    private static async Task<Habits> HabitsAsync(int silos)
    {
        await using var deployment = await Deployment.StartAsync(silos, apis: 0);
        await Task.Delay(TimeSpan.FromSeconds(5));
        await using var conversation = await Conversation.ListenAsync(deployment.Redis!);
        await Task.Delay(Watched);
        var commands = (await conversation.EndAsync()).Where(command => command.Key.Contains("members")).ToList();
        Report.Head($" asked of the table by {silos} silos at rest", "by each in a second");
        foreach (var group in commands.GroupBy(command => command.Command).OrderByDescending(group => group.Count()))
        {
            Report.Row($"{group.Key}", $"{Rate(group.Key):0.00}");
        }

        return new(Rate("HMGET"), Rate("EVAL"), Rate("HGETALL"));

        double Rate(string name) => commands.Count(command => command.Command == name) / Watched.TotalSeconds / silos;
    }

    private static async Task CostAsync(int silos, Habits habits)
    {
        await using var redis = new RedisServer();
        await redis.StartAsync();
        await using var app = LoneSilo.Build(redis, isClustered: true);
        var table = app.Services.GetRequiredService<IMembershipTable>();
        await table.InitializeMembershipTableAsync(true, CancellationToken.None);
        for (var number = 0; number < silos; number++)
        {
            await table.InsertRowAsync(Entry(number), new TableVersion(number + 1, $"{number}"), CancellationToken.None);
        }

        var own = await CallAsync(redis, number => table.ReadRowAsync(Entry(number % silos).SiloAddress, CancellationToken.None));
        var alive = await CallAsync(redis, number => table.UpdateIAmAliveAsync(Entry(number % silos), CancellationToken.None));
        var whole = await CallAsync(redis, _ => table.ReadAllAsync(CancellationToken.None));
        var cpu = silos * ((own.Micros * habits.OwnRow) + (alive.Micros * habits.Alive) + (whole.Micros * habits.Whole)) / 1e6;
        var bytes = silos * ((own.Bytes * habits.OwnRow) + (alive.Bytes * habits.Alive) + (whole.Bytes * habits.Whole)) / 1e6;
        Report.Row(
            $"{silos:N0}", $"{own.Micros:0}", $"{alive.Micros:0}", $"{whole.Micros:N0}", $"{whole.Bytes / 1024:N0}",
            $"{cpu:0.000}", $"{bytes:0.0}", $"{silos * whole.Micros / 1e6:0.000}", $"{silos * whole.Bytes / 1e6:0.0}");
    }

    private static async Task<(double Micros, double Bytes)> CallAsync(RedisServer redis, Func<int, Task> call)
    {
        await call(0);    // its script is there from now on
        var (bytes, cpu) = ((await RedisFigures.ReadAsync(redis)).Bytes, await RedisCpu.ReadAsync(redis));
        for (var number = 0; number < Calls; number++)
        {
            await call(number);
        }

        return (
            (await RedisCpu.ReadAsync(redis) - cpu).TotalMicroseconds / Calls,
            ((await RedisFigures.ReadAsync(redis)).Bytes - bytes) / (double)Calls);
    }

    private static MembershipEntry Entry(int number) => new()
    {
        SiloAddress = SiloAddress.New(new IPAddress([10, 0, (byte)(number / 256), (byte)(number % 256)]), 11111, 1_000_000),
        Status = SiloStatus.Active,
        ProxyPort = 30000,
        HostName = $"videogen-silo-{number}",
        SiloName = $"videogen-silo-{number}",
        RoleName = "videogen",
        StartTime = DateTime.UtcNow,
        IAmAliveTime = DateTime.UtcNow,
    };

    private sealed record Habits(double OwnRow, double Alive, double Whole);
}
