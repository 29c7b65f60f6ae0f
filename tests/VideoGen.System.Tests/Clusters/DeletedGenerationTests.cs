using CliWrap;
using CliWrap.Buffered;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Clusters;

/// <summary>
/// A deleted generation leaves no key in the store. VideoGen.AppHost.Tests has the same of a cluster under Aspire.
/// </summary>
public sealed class DeletedGenerationTests(ITestOutputHelper output)
{
    [Fact]
    public async Task With_the_settings_of_compose_no_key_is_left_in_Redis()
    {
        using var data = new TemporaryDirectory();
        await using var redis = new RedisServer();
        await redis.StartAsync();
        (string, string)[] settings =
            [("ConnectionStrings__redis", redis.ConnectionString), ("VideoGen__DataDirectory", data.Path)];
        using var silo = new SiloProcess([.. settings, ("OTEL_SERVICE_NAME", "silo")]);
        try
        {
            await using var api = await ApiProcess.StartAsync(
                [.. settings, ("OTEL_SERVICE_NAME", "api"), ("VideoGen__Proxies", "10.0.0.0/8,172.16.0.0/12,192.168.0.0/16")]);
            await LeaveNoKeyAsync(api.Client, pattern => redis.AskAsync("--scan", "--pattern", pattern));
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

    [Fact]
    public async Task Standalone_no_key_is_left_in_the_embedded_store()
    {
        await using var api = await ApiProcess.StartAsync();
        var socket = Assert.Single(Directory.GetFiles(api.DataDirectory, "store.sock", SearchOption.AllDirectories));

        await LeaveNoKeyAsync(api.Client, async pattern => (await Cli.Wrap("redis-cli")
            .WithArguments(["-s", socket, "--scan", "--pattern", pattern]).ExecuteBufferedAsync()).StandardOutput.Trim());
    }

    private static async Task LeaveNoKeyAsync(HttpClient client, Func<string, Task<string>> keysAsync)
    {
        var id = await client.OrderAsync(await client.UploadAsync(), "A fox leaves.");
        Assert.Equal("completed", (await client.EndAsync(id)).Outcome());
        Assert.NotEmpty(await keysAsync($"*{id}*"));

        using var deleted = await client.DeleteAsync($"/generation/{id}");

        deleted.EnsureSuccessStatusCode();
        await Eventually.GetAsync(
            () => keysAsync($"*{id}*"), keys => keys.Length == 0, keys => $"There are keys left: {keys}");
    }

    private bool Tell(SiloProcess silo)
    {
        output.WriteLine(silo.Log);
        return false;
    }
}
