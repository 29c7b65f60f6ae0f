using VideoGen.SystemTests.Clusters.Clients;
using VideoGen.SystemTests.Clusters.Observations;
using VideoGen.SystemTests.Clusters.Processes;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Clusters;

/// <summary>SIGKILL for Redis, and a start with its append-only file: nothing that a user was told is gone.</summary>
[Collection(nameof(OneCluster))]
public sealed class RedisRestartTests(ITestOutputHelper output)
{
    private const int Running = 8;
    private const int Orders = 24;

    [Theory]
    [InlineData("always")]
    [InlineData("everysec")]
    public Task What_was_acknowledged_is_there_after_Redis_was_killed(string appendFsync) =>
        RealCluster.RunAsync(new Setup { AppendFsync = appendFsync, MaxConcurrent = Running }, LiveAsync);

    private async Task LiveAsync(RealCluster cluster)
    {
        var client = cluster.Apis[0].Client;
        var image = await client.UploadAsync();
        var film = await client.EndAsync(await client.OrderAsync(image, "A film."));
        Assert.Equal("completed", film.Outcome());
        var backlog = new Backlog(cluster);
        await backlog.OrderAsync(image, Orders, Running);
        await cluster.KillRedisAsync();
        var refused = await Answer.AskAsync(cluster, 1, api => api.PostOrderAsync(image, "refused"));
        Assert.True(refused.IsRetryLater, refused.ToString());
        await cluster.RestartRedisAsync(cluster.ListsAsync);

        backlog.Release();
        var ends = await Ending.ComeAsync(cluster, [film.Text("id")!, .. backlog.Ids], ["refused"]);
        output.WriteLine(ends.Line());
        await Film.DownloadAsync(cluster.Apis[1].Client, film.Text("videoUrl")!);
    }
}
