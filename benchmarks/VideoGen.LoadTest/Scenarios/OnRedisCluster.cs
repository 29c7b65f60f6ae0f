using System.Diagnostics;
using VideoGen.LoadTest.Measuring;
using VideoGen.LoadTest.Running;
using VideoGen.Testing;

namespace VideoGen.LoadTest.Scenarios;

/// <summary>
/// Whether the service as built runs on a Redis Cluster of three, and where it puts what: Redis itself says which node has which
/// key. Two films at a time are finished by ffmpeg; the others wait.
/// </summary>
internal static class OnRedisCluster
{
    private const int Nodes = 3;
    private const int Silos = 2;
    private const int Ended = 8;
    private static readonly string[] Kinds = ["videogen/state/videogen.generation/", "videogen/state/videogen.idempotency/"];

    public static async Task RunAsync(LoadOptions options)
    {
        var count = options.Generations;
        Report.Title($"{count} lives on a Redis Cluster of {Nodes}, {Silos} silos");
        List<SiloProcess> silos = [];
        await using var redis = new RedisCluster();
        await redis.StartAsync(Nodes);
        await using var hub = await Hub.StartAsync(renderSeconds: 1);
        using var media = new TemporaryDirectory();
        (string, string)[] settings =
        [
            .. hub.Settings("fal-ai"),
            ("ConnectionStrings__redis", redis.ConnectionString),
            ("VideoGen__DataDirectory", media.Path),
            ("VideoGen__Inference__MaxConcurrent", "2"),
        ];
        try
        {
            for (var silo = 0; silo < Silos; silo++)
            {
                silos.Add(await SiloProcess.StartAsync(settings));
            }

            await using var api = await ApiProcess.StartAsync(settings);
            await LiveAsync(api.Client, count);
            await SayWhereAsync(redis.Nodes);
        }
        finally
        {
            foreach (var silo in silos)
            {
                await silo.KillAsync();
                silo.Dispose();
            }
        }
    }

    private static async Task LiveAsync(HttpClient client, int count)
    {
        var image = await client.UploadAsync();
        var clock = Stopwatch.StartNew();
        List<string> ids = [];
        for (var number = 0; number < count; number++)
        {
            ids.Add(await client.OrderAsync(image, $"The fox waves, number {number}."));
        }

        var ordered = clock.Elapsed;
        var unfinished = (await client.GetGenerationAsync(ids[^1])).Text("status");
        var ends = await Task.WhenAll(ids.Take(Ended).Select(client.EndAsync));
        var outcomes = string.Join(", ", ends.GroupBy(end => end.Outcome()).Select(group => $"{group.Count()} {group.Key}"));
        var list = await client.ListAsync();
        var found = list.Select(entry => entry.Text("id")).Intersect(ids).Count();
        Report.Say($"{ids.Count} accepted in {ordered.TotalSeconds:0.0} s, the last of them {unfinished} then.");
        Report.Say($"The first {Ended} have ended after {clock.Elapsed.TotalSeconds:0.0} s: {outcomes}.");
        Report.Say($"{list.Count} in the list, {found} of them these.");
    }

    private static async Task SayWhereAsync(IReadOnlyList<RedisServer> nodes)
    {
        Report.Head("node", "keys", "of generations", "reservations", " other keys", "commands");
        foreach (var (number, node) in nodes.Index())
        {
            var keys = (await node.AskAsync("--scan")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var kinds = keys.ToLookup(key => Kinds.FirstOrDefault(key.StartsWith) ?? "");
            var commands = (await RedisFigures.ReadAsync(node)).Calls.Values.Sum();
            Report.Row(
                $"{number + 1}", $"{await node.AskAsync("dbsize")}", $"{kinds[Kinds[0]].Count()}", $"{kinds[Kinds[1]].Count()}",
                $"{string.Join(", ", kinds[""].Order())}", $"{commands:N0}");
        }
    }
}
