using System.Net.Http.Json;
using Aspire.Hosting.Testing;
using CliWrap;
using CliWrap.Buffered;
using VideoGen.AppHost.Supervision;
using VideoGen.Testing;

namespace VideoGen.AppHost.Tests;

/// <summary>The cluster that the AppHost describes, at work.</summary>
public sealed class ClusterTests
{
    private const string Held = "A fox waits.";

    private static readonly string[] Impatient =
    [
        "--silos", "2", "--apis", "1", "--redis", "process", "--fake-hub",
        "--VideoGen:Generation:PollInterval=00:00:00.050", "--VideoGen:Generation:MaxPollInterval=00:00:00.250",
    ];

    [Fact]
    public async Task A_video_outlives_the_silo_that_renders_it_which_runs_again_and_a_deleted_one_leaves_no_key_in_Redis()
    {
        await using var cluster = await RunningCluster.StartAsync(Impatient);
        using var api = cluster.App.CreateHttpClient("api");
        using var hub = cluster.App.CreateHttpClient("fake-hub");
        api.Timeout = hub.Timeout = TimeSpan.FromSeconds(60);

        var id = await SurviveAsync(cluster, api, hub);
        await LeaveNoKeyAsync(cluster, api, id);
    }

    private static async Task<string> SurviveAsync(RunningCluster cluster, HttpClient api, HttpClient hub)
    {
        using var held = await hub.PostAsJsonAsync(
            "/_control/faults", new { fault = "never-finish", match = new { prompt = Held } });
        held.EnsureSuccessStatusCode();
        var id = await api.OrderAsync(await api.UploadAsync(), Held);
        var silo = await cluster.ReplicaThatLogsAsync("silo", id);
        await Eventually.GetAsync(() => PollsAsync(hub), polls => polls > 0, _ => "The generation does not render.");
        var killed = Assert.NotNull(cluster.ProcessOf(silo));

        var result = await cluster.App.ResourceCommands.ExecuteCommandAsync(silo, KillCommand.Name);

        Assert.True(result.Success, result.Message);
        await Eventually.TrueAsync(
            () => cluster.ProcessOf(silo) is { } next && next != killed && cluster.IsHealthy(silo),
            "The silo does not run again.");
        Assert.True(cluster.Notifications.TryGetCurrentState(silo, out var again));
        Assert.Equal("1", again.Snapshot.Properties.Single(property => property.Name == "Restarts").Value?.ToString());
        var job = Assert.Single(await JobsAsync(hub));    // paid for once
        using var finished = await hub.PostAsync($"/_control/jobs/{job.Id}/finish", null);
        var video = await api.EndAsync(id);
        Assert.Equal("completed", video.Outcome());
        Assert.Equal(Film.AskedFrames, (await Film.DownloadAsync(api, video.Text("videoUrl")!)).Frames);
        return id;
    }

    private static async Task LeaveNoKeyAsync(RunningCluster cluster, HttpClient api, string id)
    {
        var connection = (await cluster.App.GetConnectionStringAsync("redis"))!;    // 127.0.0.1:6379,password=…
        Assert.NotEmpty(await KeysAsync(connection, id));

        using var deleted = await api.DeleteAsync($"/generation/{id}");

        deleted.EnsureSuccessStatusCode();
        await Eventually.GetAsync(
            () => KeysAsync(connection, id), keys => keys.Length == 0, keys => $"There are keys left: {keys}");
    }

    private static async Task<string> KeysAsync(string connection, string id)
    {
        var (port, password) = (connection.Split(':', ',')[1], connection.Split("password=")[1]);
        var answer = await Cli.Wrap("redis-cli").WithArguments(["-p", port, "--scan", "--pattern", $"*{id}*"])
            .WithEnvironmentVariables(variables => variables.Set("REDISCLI_AUTH", password)).ExecuteBufferedAsync();
        return answer.StandardOutput.Trim();
    }

    private static async Task<int> PollsAsync(HttpClient hub) => (await JobsAsync(hub)).Sum(job => job.Polls);

    private static async Task<JobOfHub[]> JobsAsync(HttpClient hub) =>
        (await hub.GetFromJsonAsync<JobOfHub[]>("/_control/jobs?prompt=" + Uri.EscapeDataString(Held)))!;

    private sealed record JobOfHub(string Id, int Polls);
}
