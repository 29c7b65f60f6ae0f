using CliWrap;
using CliWrap.Buffered;
using VideoGen.Testing;

namespace VideoGen.EndToEnd.Tests.Clusters;

/// <summary>
/// Silo and API with exactly the environment that Aspire 13.5 injects, to the letter: the AppHost can not be run everywhere, and
/// the names in this block are all that lies between it and the programs.
/// </summary>
public sealed class AspireEnvironmentTests(ITestOutputHelper output)
{
    private const string Password = "Xw7kQ2mZ9pLr4TnB";

    [Fact]
    public async Task Two_silos_and_an_API_form_one_cluster_and_make_a_film()
    {
        using var media = new TemporaryDirectory();
        await using var redis = new RedisServer(password: Password);
        await redis.StartAsync();
        using var first = StartSilo(redis, media);
        using var second = StartSilo(redis, media);
        using var api = Start("VideoGen.Api", ApiProcess.FreePort(), [.. Client(redis, "api"), DataDirectory(media)], out var client);
        try
        {
            await Eventually.GetAsync(
                () => ActiveAsync(redis), active => active == 2, active => $"{active} silos are active in the membership table.");
            await ReadyAsync(client);
            var image = await client.UploadAsync();
            var film = await client.EndAsync(await client.OrderAsync(image, "A fox waves."));

            Assert.Equal("completed", film.Outcome());
            Assert.Equal(Film.AskedFrames, (await Film.DownloadAsync(client, film.Text("videoUrl")!)).Frames);
        }
        catch (Exception) when (Tell(first, second, api))
        {
            throw;
        }
        finally
        {
            client.Dispose();
            await Task.WhenAll(first.KillAsync(), second.KillAsync(), api.KillAsync());
        }
    }

    private static ProductProcess StartSilo(RedisServer redis, TemporaryDirectory media)
    {
        var silo = Start(
            "VideoGen.Silo", ApiProcess.FreePort(),
            [
                .. Client(redis, "silo"),
                ("Orleans__Reminders__ProviderType", "Redis"),
                ("Orleans__Reminders__ServiceKey", "redis"),
                ("Orleans__GrainStorage__Default__ProviderType", "Redis"),
                ("Orleans__GrainStorage__Default__ServiceKey", "redis"),
                ("Orleans__Endpoints__SiloPort", $"{ApiProcess.FreePort()}"),
                ("Orleans__Endpoints__GatewayPort", $"{ApiProcess.FreePort()}"),
                ("HF_TOKEN", ""),
                DataDirectory(media),
            ],
            out var client);
        client.Dispose();
        return silo;
    }

    private static ProductProcess Start(string project, int port, (string, string)[] environment, out HttpClient client)
    {
        var address = $"http://localhost:{port}";
        client = new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromSeconds(60) };
        return ProductProcess.Start(project, [], [.. environment, ("ASPNETCORE_URLS", address)]);
    }

    private static (string, string) DataDirectory(TemporaryDirectory media) => ("VideoGen__DataDirectory", media.Path);

    /// <summary>What a client of the cluster gets; a silo gets this and more.</summary>
    private static (string, string)[] Client(RedisServer redis, string name) =>
    [
        ("Orleans__ClusterId", "videogen"),
        ("Orleans__ServiceId", "videogen"),
        ("Orleans__EnableDistributedTracing", "true"),
        ("Orleans__Clustering__ProviderType", "Redis"),
        ("Orleans__Clustering__ServiceKey", "redis"),
        ("ConnectionStrings__redis", $"localhost:{redis.Port},password={Password}"),
        ("REDIS_HOST", "localhost"),
        ("REDIS_PORT", $"{redis.Port}"),
        ("REDIS_PASSWORD", Password),
        ("REDIS_URI", $"redis://:{Password}@localhost:{redis.Port}"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:1"),    // of a dashboard that is not there
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
        ("OTEL_SERVICE_NAME", name),
        ("OTEL_RESOURCE_ATTRIBUTES", $"service.instance.id={name}-1"),
        ("ASPNETCORE_ENVIRONMENT", "Development"),
        ("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "true"),
        ("DOTNET_LAUNCH_PROFILE", "http"),
    ];

    private static Task<bool> ReadyAsync(HttpClient client) => Eventually.GetAsync(
        async () =>
        {
            try
            {
                using var answer = await client.GetAsync("/ready");
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        },
        ready => ready, _ => "The API does not become ready.");

    /// <summary>Rows of one table with the status Active, which is 3.</summary>
    private static async Task<int> ActiveAsync(RedisServer redis)
    {
        var members = await Cli.Wrap("redis-cli")
            .WithArguments(["-p", $"{redis.Port}", "HVALS", "videogen/members/videogen"])
            .WithEnvironmentVariables(variables => variables.Set("REDISCLI_AUTH", Password))
            .ExecuteBufferedAsync();
        return members.StandardOutput.Split('\n').Count(row => row.Contains("\"Status\":3", StringComparison.Ordinal));
    }

    private bool Tell(params ProductProcess[] processes)
    {
        Array.ForEach(processes, process => output.WriteLine(process.Log));
        return false;
    }
}
