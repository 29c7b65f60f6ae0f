using System.Diagnostics;
using System.Net;
using System.Text.Json;
using VideoGen.FakeHub;
using VideoGen.FakeHub.Faults;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Clusters;

/// <summary>Redis, a silo and an API as processes of their own.</summary>
public sealed class ClusterTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    [Fact]
    public async Task A_silo_without_Redis_says_so_in_one_sentence()
    {
        using var silo = ProductProcess.Start("VideoGen.Silo", ["--urls", "http://127.0.0.1:0"], []);

        Assert.Equal(1, await silo.ExitAsync(Patience));
        Assert.Equal("A silo needs the cluster's Redis. Set ConnectionStrings__redis to host:port.", silo.Log.Trim());
    }

    [Fact]
    public async Task Twenty_seconds_without_Redis_lose_no_generation_and_repeat_no_order()
    {
        using var data = new TemporaryDirectory();
        await using var hub = await Hub.StartAsync(shaped: true);
        await using var redis = new RedisServer();
        await redis.StartAsync();
        (string, string)[] settings =
        [
            .. hub.Settings("fal-ai"),
            ("ConnectionStrings__redis", redis.ConnectionString),
            ("VideoGen__DataDirectory", data.Path),
        ];
        var starting = ApiProcess.StartAsync(settings);    // before its silo: it waits
        using var silo = new SiloProcess(settings);
        try
        {
            await using var api = await starting;
            await SurviveAsync(hub, redis, api);
            Assert.Null(silo.Leak);
        }
        catch (Exception) when (Tell(silo))
        {
            throw;
        }
        finally
        {
            await silo.KillAsync();
        }
    }

    private static async Task SurviveAsync(FakeHubServer hub, RedisServer redis, ApiProcess api)
    {
        var image = await api.Client.UploadAsync();
        var first = await api.Client.OrderAsync(image, "before");
        Assert.Equal("completed", (await api.Client.EndAsync(first)).Outcome());

        hub.Faults.Add(FaultKind.RenderTime, "ends in the outage", seconds: 8);
        hub.Faults.Add(FaultKind.AcceptThenStall, "accepted in the outage", seconds: 5);
        string[] scripts = ["ends in the outage", "accepted in the outage"];
        var ids = new[] { await api.Client.OrderAsync(image, scripts[0]), await api.Client.OrderAsync(image, scripts[1]) };
        await Eventually.TrueAsync(
            () => hub.Submits.Count(scripts[1]).Accepted == 1 && hub.Jobs.For(scripts[0]).Any(job => job.Polls > 0),
            "The generations do not begin.");

        await redis.StopAsync();
        var refused = await OrderInVainAsync(api.Client, image);
        await redis.StartAsync();

        foreach (var id in ids)
        {
            Assert.Equal("completed", (await api.Client.EndAsync(id)).Outcome());
        }

        await Eventually.GetAsync(
            async () => (await api.Client.PostOrderAsync(image, "after")).StatusCode,
            status => status is HttpStatusCode.OK, status => $"It does not recover: {status}.");
        var ends = await Eventually.GetAsync(
            api.Client.ListAsync,
            list => list.All(generation => generation.Text("status") is "completed" or "failed"),
            list => JsonSerializer.Serialize(list));
        Assert.All([first, .. ids], id => Assert.Contains(ends, end => end.Text("id") == id));
        Assert.All(hub.Submits.All.CountBy(submit => submit.Prompt), script => Assert.Equal(1, script.Value));
        Assert.True(refused > 0, "Nothing was refused in the outage.");
    }

    /// <summary>Every order in the outage is answered, with the one problem that fits.</summary>
    private static async Task<int> OrderInVainAsync(HttpClient client, string image)
    {
        var refused = 0;
        for (var outage = Stopwatch.StartNew(); outage.Elapsed < Outage; refused++)
        {
            using var answer = await client.PostOrderAsync(image, $"refused {refused}");
            var problem = await answer.JsonAsync();
            Assert.True(answer.StatusCode == HttpStatusCode.ServiceUnavailable, problem.ToString());
            Assert.Equal("unavailable", problem.Text("code"));
            Assert.NotNull(answer.Headers.RetryAfter);
        }

        return refused;
    }

    private bool Tell(SiloProcess silo)
    {
        output.WriteLine(silo.Log);
        return false;
    }
}
