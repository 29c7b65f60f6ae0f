using VideoGen.FakeHub;
using VideoGen.FakeHub.Faults;
using VideoGen.Testing;

namespace VideoGen.AppHost.Tests;

/// <summary>What a data directory is to the AppHost.</summary>
public sealed class DataTests
{
    private const string Late = "A fox is late.";

    private static readonly string[] Small = ["--silos", "1", "--apis", "1"];

    [Fact]
    public async Task The_data_outlive_the_AppHost_whose_stop_waits_for_a_paid_submit_and_a_second_one_says_that_they_are_taken()
    {
        using var data = new TemporaryDirectory();
        await using var hub = await Hub.StartAsync();
        hub.Faults.Add(FaultKind.AcceptThenStall, Late, seconds: 12);    // the orchestrator would kill the silo after six
        string finished, late;
        await using (var first = new AppHostProcess(data, [.. Small, .. Settings(hub)]))
        {
            using var client = await ClientAsync(first);
            var image = await client.UploadAsync();
            finished = await client.OrderAsync(image, "A fox stays.");
            Assert.Equal("completed", (await client.EndAsync(finished)).Outcome());

            await using var second = new AppHostProcess(data, Small);

            Assert.Equal(1, await second.ExitAsync());
            Assert.Equal(
                $"Another cluster is using {data.Path}/cluster. Stop it, or set VideoGen__DataDirectory.", second.Log.Trim());

            late = await client.OrderAsync(image, Late);
            await Eventually.TrueAsync(() => hub.Submits.Count(Late).Accepted == 1, "The order is not sent.");
            Assert.Equal(0, await first.StopAsync());
        }

        await using var next = new AppHostProcess(data, [.. Small, .. Settings(hub)]);
        using var again = await ClientAsync(next);
        Assert.Equal("completed", (await again.EndAsync(late)).Outcome());
        Assert.Equal(1, hub.Submits.Count(Late).Arrived);
        Assert.Equal([late, finished], (await again.ListAsync()).Select(generation => generation.Text("id")));
        Assert.Equal(Film.AskedFrames, (await Film.DownloadAsync(again, $"/videos/{finished}.mp4")).Frames);
    }

    [Theory]
    [InlineData("--silos", "0", "--silos must be a number from 1 to 16.")]
    [InlineData("--apis", "9", "--apis must be a number from 1 to 8.")]
    [InlineData("--redis", "somewhere", "--redis must be auto, container, process, or a connection string: host:port,password=…")]
    public async Task An_argument_that_makes_no_cluster_is_named(string name, string value, string complaint)
    {
        using var data = new TemporaryDirectory();

        await using var process = new AppHostProcess(data, name, value);

        Assert.Equal(1, await process.ExitAsync());
        Assert.Equal(complaint, process.Log.Trim());
    }

    private static IEnumerable<string> Settings(FakeHubServer hub) => hub.Settings("fal-ai")
        .Select(setting => $"--{setting.Name.Replace("__", ":", StringComparison.Ordinal)}={setting.Value}");

    private static async Task<HttpClient> ClientAsync(AppHostProcess process) =>
        new() { BaseAddress = (await process.AddressesAsync()).Studio, Timeout = TimeSpan.FromSeconds(60) };
}
