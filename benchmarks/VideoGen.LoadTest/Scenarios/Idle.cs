using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using VideoGen.LoadTest.Driving;
using VideoGen.LoadTest.Measuring;
using VideoGen.LoadTest.Running;
using VideoGen.LoadTest.Seeding;
using VideoGen.Silo.Redis;

namespace VideoGen.LoadTest.Scenarios;

/// <summary>
/// What finished generations take of a silo's memory: half of a history is read, left alone until none of it is in memory, and
/// then the other half is read.
/// </summary>
internal static class Idle
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(LoadOptions options)
    {
        var count = options.Generations;
        Report.Title(FormattableString.Invariant($"{count} generations that nobody asks for any more"));
        await using var deployment = await Deployment.StartAsync(
            silos: 1, prepare: redis => SeededHistory.WriteAsync(redis, 2 * count));
        using var client = Connect(deployment.Redis!.ConnectionString);
        await client.StartAsync();
        var management = client.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0);

        Report.Head(" when", "generations in memory", "live heap MB of the silo");
        await RowAsync($"before");
        await ReadAsync(first: 0);
        await RowAsync($"half of them read");
        var alone = Stopwatch.StartNew();
        while (await InMemoryAsync() > 0)
        {
            if (alone.Elapsed > Patience)
            {
                throw new TimeoutException("Generations that nobody asks for stay in memory.");
            }

            await Task.Delay(Look);
        }

        await RowAsync($"left alone for {alone.Elapsed.TotalMinutes:0} min");
        await ReadAsync(first: count);
        await RowAsync($"the other half read");
        await client.StopAsync();

        async Task ReadAsync(int first)
        {
            var load = new Load(deployment.Targets, options.Connections)
            {
                Request = number => RawRequest.Get($"/generation/{SeededHistory.IdAt(first + number + 1)}"),
            };
            (await load.RunAsync(TimeSpan.FromMinutes(2), most: count)).EnsureSuccess(count);
        }

        async Task<int> InMemoryAsync() => (await management.GetSimpleGrainStatistics())
            .Where(grains => grains.GrainType.Contains("GenerationGrain", StringComparison.Ordinal))
                .Sum(grains => grains.ActivationCount);

        async Task RowAsync(FormattableString when) =>
            Report.Row(when, $"{await InMemoryAsync():N0}", $"{await LiveHeap.MegabytesAsync(deployment.Silos[0].Id):0}");
    }

    private static IHost Connect(string redis)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddRedis(redis);
        builder.UseOrleansClient(client => client.AddRedisProviders().Configure<ClusterOptions>(RedisProviders.NameCluster));
        return builder.Build();
    }
}
