using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Storage;
using StackExchange.Redis;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Ledger;
using VideoGen.Grains.History;
using VideoGen.Grains.Media;
using VideoGen.Silo.Redis;
using VideoGen.Testing;

namespace VideoGen.LoadTest.Seeding;

/// <summary>
/// Puts a history of any length with all its finished generations into a Redis, in seconds. The states are made by the grains'
/// own code and written by Orleans' storage; only the copies of the one finished generation are made by Redis itself.
/// </summary>
internal static class SeededHistory
{
    private const int Batch = 10_000;

    private const string Copy =
        """
        local data = redis.call('HGET', KEYS[1], 'data')
        for i = ARGV[1], ARGV[2] do
          redis.call('HSET', ARGV[3] .. string.format('%012x', i) .. ARGV[4], 'etag', string.format('%032x', i), 'data', data)
        end
        """;

    /// <summary>The generation at a place, counted from 1.</summary>
    public static string IdAt(long place) => $"00000000-0000-7000-8000-{place:x12}";

    public static async Task WriteAsync(RedisServer redis, int entries)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddRedis(redis.ConnectionString);
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(FreePorts.Take(), FreePorts.Take(), null, "videogen", "videogen")
            .AddRedisProviders(isClustered: false)
            .UseSystemTextJsonGrainStorageSerializer());
        await using var app = builder.Build();
        await app.StartAsync();
        await redis.AskAsync("config", "set", "auto-aof-rewrite-percentage", "0");    // no rewriting while something is measured
        var storage = app.Services.GetRequiredKeyedService<IGrainStorage>("Default");
        await WriteHistoryAsync(storage, entries);
        await WriteGenerationsAsync(storage, app.Services.GetRequiredKeyedService<IConnectionMultiplexer>(RedisConnection.Key),
            entries);
        await app.StopAsync();
    }

    private static async Task WriteHistoryAsync(IGrainStorage storage, int entries)
    {
        var (head, writes) = (new HistoryState(), new List<Task>());
        for (var place = 1; place <= entries; place++)
        {
            head = head.Append(IdAt(place), DateTimeOffset.UnixEpoch.AddYears(56).AddSeconds(place), out _);
            if (head.FullChunk() is { } full)
            {
                head = head.Seal(full);
                writes.Add(storage.WriteStateAsync(
                    "chunk", Id("videogen.history-chunk", $"public/{full.Number}"), new GrainState<HistoryChunk>(full)));
            }

            if (writes.Count == 64)
            {
                await Task.WhenAll(writes);
                writes.Clear();
            }
        }

        await Task.WhenAll(writes);
        await storage.WriteStateAsync("history", Id("videogen.history", "public"), new GrainState<HistoryState>(head));
    }

    private static async Task WriteGenerationsAsync(IGrainStorage storage, IConnectionMultiplexer redis, int entries)
    {
        await storage.WriteStateAsync("generation", Id("videogen.generation", IdAt(1)), new GrainState<Generation>(Finished()));
        var server = redis.GetServers().Single();
        var key = (await server.KeysAsync(pattern: $"*{IdAt(1)}*", pageSize: Batch).ToListAsync()).Single();
        var parts = key.ToString().Split(IdAt(1)[^12..]);
        for (var first = 2; first <= entries; first += Batch)
        {
            var last = Math.Min(first + Batch - 1, entries);
            await redis.GetDatabase().ScriptEvaluateAsync(Copy, [key],
                [Number(first), Number(last), parts[0], parts[1]]);
        }
    }

    private static Generation Finished()
    {
        var now = DateTimeOffset.UnixEpoch.AddYears(56);
        var request = new GenerationRequest("public", "character_1.jpg", "The fox waves at the camera and smiles.", 5, 768);
        var plan = new RenderPlan("fal-ai", "fal-ai/wan/v2.2-a14b/image-to-video", "Wan-AI/Wan2.2-I2V-A14B", new string('a', 64),
            "c0ffee");
        return Generation.Accept(request, new HistoryEntry(1, IdAt(1), now))
            .Intend(
                new VideoModel("huggingface", "huggingface"), new BackendTraits(IsPreview: false, RepeatCostsMoney: true), plan,
                now)
            .Submitted(new RenderJob(IdAt(1), "/fal-ai/wan/requests/1/status", "/fal-ai/wan/requests/1",
                "/fal-ai/wan/requests/1/cancel"), now)
            .Rendered(new RenderResult("https://cdn.example/film.mp4"), now)
            .Stored(new StoredMedia($"{IdAt(1)}-1.mp4", 1_000_000, new string('b', 64)), now)
            .Completed(new FinishedVideo($"{IdAt(1)}.mp4", $"{IdAt(1)}.jpg", 5, 768, 768, 900_000), now);
    }

    private static GrainId Id(string type, string key) => GrainId.Create(type, key);

    private static RedisValue Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
