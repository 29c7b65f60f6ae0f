using System.Net;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Clusters;

/// <summary>A silo that starts before its Redis, joins, and finds the data of Redis gone.</summary>
public sealed class LostTableTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    [Fact]
    public async Task A_silo_waits_for_its_Redis_and_leaves_when_the_membership_table_is_lost()
    {
        using var data = new TemporaryDirectory();
        await using var redis = new RedisServer();
        using var silo = new SiloProcess(
            [("ConnectionStrings__redis", redis.ConnectionString), ("VideoGen__DataDirectory", data.Path)]);
        try
        {
            await UntilAsync(silo.Client, "/alive", HttpStatusCode.OK);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(silo.Client, "/ready"));
            await Eventually.TrueAsync(
                () => silo.Log.Contains($"Waiting for Redis at {redis.ConnectionString}", StringComparison.Ordinal),
                "It does not say so.");

            await redis.StartAsync();
            await UntilAsync(silo.Client, "/ready", HttpStatusCode.OK);

            Assert.Equal("OK", await redis.AskAsync("flushall"));

            Assert.Equal(3, await silo.ExitAsync(Patience));
            Assert.Contains("This silo exits now: the membership table no longer lists it", silo.Log, StringComparison.Ordinal);
        }
        finally
        {
            await silo.KillAsync();
        }
    }

    private static Task<HttpStatusCode?> UntilAsync(HttpClient client, string path, HttpStatusCode wanted) => Eventually.GetAsync(
        () => StatusAsync(client, path), status => status == wanted, status => $"{path} is {status}.");

    /// <summary>Null while nobody listens yet.</summary>
    private static async Task<HttpStatusCode?> StatusAsync(HttpClient client, string path)
    {
        try
        {
            using var answer = await client.GetAsync(path);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
