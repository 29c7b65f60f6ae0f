using System.Diagnostics;
using VideoGen.SystemTests.Servers.Gpus;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Servers;

/// <summary>
/// Four ComfyUI servers behind one model, two of which are killed and come back again and again. <c>VIDEOGEN_CHAOS_ROUNDS</c> is
/// the number of orders of a long run.
/// </summary>
public sealed class FourServersTests(ITestOutputHelper output)
{
    private const int ShortRun = 40;

    [Fact]
    public async Task Orders_flow_on_while_two_of_four_servers_are_killed_and_come_back()
    {
        var seed = Environment.TickCount;
        var count = TestSettings.LongRounds ?? ShortRun;
        output.WriteLine($"{count} orders, seed {seed}");
        List<GpuServer> servers = [];
        try
        {
            while (servers.Count < 4)
            {
                servers.Add(await GpuServer.StartAsync(GpuServer.Kinds[0]));
            }

            await RunAsync(servers, count, new Random(seed));
        }
        finally
        {
            foreach (var server in servers)
            {
                await server.DisposeAsync();
            }
        }
    }

    private async Task RunAsync(List<GpuServer> servers, int count, Random random)
    {
        await using var api = await GpuServer.StartProductAsync(
        [
            .. servers.SelectMany((server, number) => server.UpstreamSettings($"gpu{number + 1}")),
            ("VideoGen__Models__wan__Upstreams", "gpu1,gpu2,gpu3,gpu4"), .. servers[0].ModelSettings("wan"),
        ]);
        var image = await api.Client.UploadAsync();
        var watch = Stopwatch.StartNew();
        var orders = await Task.WhenAll(Enumerable.Range(0, count).Select(number =>
            GpuOrder.CreateAsync(api.Client, image, "wan", $"Order {number} of many.")));

        using var over = new CancellationTokenSource();
        var killing = Task.WhenAll(servers[2..].Select((server, number) => KillAgainAndAgainAsync(
            server, new Random(random.Next() + number), over.Token)));
        foreach (var order in orders)
        {
            await order.EndAsync(api.Client);
        }

        await over.CancelAsync();
        await killing;
        var audit = await GpuAudit.OfAsync(api.Client, orders, servers);
        var shares = servers.Select(server => server.Lines.Count(line => line.Event is GpuEvent.Finished)).ToArray();
        var kills = servers.Sum(server => server.Lines.Count(line => line.Event is GpuEvent.Restarted));
        output.WriteLine($"{audit}, in {watch.Elapsed.TotalSeconds:0} s; {kills} kills, shares {string.Join(" ", shares)}");

        Assert.True(audit.Complaints.Count == 0, string.Join("\n\n", audit.Complaints.Take(5)));
        Assert.Equal(count, audit.Completed);
        Assert.True(kills > 2, "Hardly a server was killed.");
        var least = count > ShortRun ? 0.8 : 0.5;    // of some fifteen orders each, one more or less is seven per cent
        Assert.InRange((double)shares[0] / shares[1], least, 1 / least);
    }

    private static async Task KillAgainAndAgainAsync(GpuServer server, Random random, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            // The random moment is the test.
            await Task.Delay(random.Next(1_000, 6_000), over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await server.StopAsync();
            await Task.Delay(random.Next(3_000), over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await server.StartAgainAsync();
        }
    }
}
