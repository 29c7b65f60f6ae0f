using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using VideoGen.Grains.RenderSlots;
using VideoGen.Grains.Telemetry;
using VideoGen.LoadTest.Seeding;
using VideoGen.Silo.Redis;
using VideoGen.Testing;

namespace VideoGen.LoadTest.Running;

/// <summary>One silo in this process on a Redis of its own: a grain or a table is driven with nothing in between.</summary>
internal static class LoneSilo
{
    /// <summary>Built and not started. With <paramref name="isClustered"/> its membership table is the one on Redis.</summary>
    public static WebApplication Build(RedisServer redis, bool isClustered = false)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddRedis(redis.ConnectionString);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<GenerationTelemetry>();
        builder.Services.Configure<RenderSlotOptions>(budget => (budget.MaxConcurrent, budget.MaxUnfinished) = (1, 10_000_000));
        builder.UseOrleans(silo => (isClustered ? silo : silo.UseLocalhostClustering(
                FreePorts.Take(), FreePorts.Take(), null, "videogen", "videogen"))
            .AddRedisProviders(isClustered)
            .Configure<Orleans.Configuration.ClusterOptions>(RedisProviders.NameCluster)
            .UseSystemTextJsonGrainStorageSerializer());
        return builder.Build();
    }

    /// <summary>A row as every unfinished generation has one; none of them falls due.</summary>
    public static ReminderEntry Row(long number) => new()
    {
        GrainId = GrainId.Create("videogen.generation", SeededHistory.IdAt(number)),
        ReminderName = "drive/public",
        StartAt = DateTime.UnixEpoch.AddYears(100),
        Period = TimeSpan.FromMinutes(1),
    };
}
