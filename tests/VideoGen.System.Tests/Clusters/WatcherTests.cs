using System.Globalization;
using System.Text.Json;
using VideoGen.FakeHub;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Clusters;

/// <summary>Redis, two silos and two APIs as processes of their own, and clients that watch while something of it dies.</summary>
[Collection(nameof(OneCluster))]
public sealed class WatcherTests(ITestOutputHelper output)
{
    private const int Generations = 6;

    [Fact]
    public async Task Watchers_that_are_cut_off_while_a_silo_dies_see_every_version_once_and_in_order_to_the_end()
    {
        using var data = new TemporaryDirectory();
        await using var hub = await Hub.StartAsync(renderSeconds: 6, shaped: true);
        await using var redis = new RedisServer();
        await redis.StartAsync();
        (string, string)[] settings =
        [
            .. hub.Settings("fal-ai"),
            ("ConnectionStrings__redis", redis.ConnectionString),
            ("VideoGen__DataDirectory", data.Path),
            ("VideoGen__Inference__MaxConcurrent", "6"),
        ];
        using var survivor = new SiloProcess(settings);
        using var victim = new SiloProcess(settings);
        try
        {
            await using var one = await ApiProcess.StartAsync(settings);
            await using var other = await ApiProcess.StartAsync(settings);
            await WatchAsync(hub, redis, [one.Client, other.Client], victim);
        }
        catch (Exception) when (Tell(survivor, victim))
        {
            throw;
        }
        finally
        {
            await survivor.KillAsync();
            await victim.KillAsync();
        }
    }

    private static async Task WatchAsync(FakeHubServer hub, RedisServer redis, HttpClient[] apis, SiloProcess victim)
    {
        var image = await apis[0].UploadAsync();
        Assert.Equal(0, await SubscribersAsync(redis));
        var ids = await Task.WhenAll(Enumerable.Range(0, Generations)
            .Select(index => apis[0].OrderAsync(image, $"watched {index}")));
        var watchers = ids.Select((id, index) => SeeAllAsync(apis, id, new Random(index))).ToList();
        await Eventually.TrueAsync(
            () => Enumerable.Range(0, Generations)
            .Count(index => hub.Jobs.For($"watched {index}").Any(job => job.Polls > 0)) >= 2,
            "The generations do not begin.");
        await Eventually.TrueAsync(async () => await SubscribersAsync(redis) > 0, "The watchers live by reading again.");
        await victim.KillAsync();

        foreach (var (id, seen) in ids.Zip(await Task.WhenAll(watchers)))
        {
            var end = await apis[1].EndAsync(id);
            Assert.Equal(Enumerable.Range(1, end.GetProperty("version").GetInt32()).Select(version => (long)version), seen.Keys);
            Assert.Equal(end.Outcome(), seen.Values.Last().Outcome());
        }

        await Eventually.TrueAsync(async () => await SubscribersAsync(redis) == 0, "What nobody watches stays subscribed.");
    }

    /// <summary>
    /// Watches to the end, leaves after a few events each time, and comes back at any of the APIs with what it saw last.
    /// </summary>
    private static async Task<SortedDictionary<long, JsonElement>> SeeAllAsync(HttpClient[] apis, string id, Random random)
    {
        var seen = new SortedDictionary<long, JsonElement>();
        var last = 0L;
        while (true)
        {
            using var stream = await EventReader.OpenAsync(apis[random.Next(apis.Length)], $"/generation/{id}/events", last);
            if (!stream.Response.IsSuccessStatusCode)
            {
                await Task.Delay(100);    // the silo has just died: a client asks again
                continue;
            }

            for (var left = random.Next(1, 5); left > 0; left--)
            {
                if (await stream.NextEventAsync() is not { } next)
                {
                    return seen;
                }

                if (next.Id is { } version)
                {
                    Assert.True(version == last + 1, $"Version {version} of {id} follows {last}.");
                    seen.Add(last = version, next.Data);
                }
            }
        }
    }

    /// <summary>How many API processes are subscribed to what is published of the one owner there is without keys.</summary>
    private static async Task<int> SubscribersAsync(RedisServer redis) => int.Parse(
        (await redis.AskAsync("pubsub", "numsub", "videogen/notifications/videogen/of/public")).Split('\n')[^1],
        CultureInfo.InvariantCulture);

    private bool Tell(params SiloProcess[] silos)
    {
        foreach (var silo in silos)
        {
            output.WriteLine(silo.Log);
        }

        return false;
    }
}
