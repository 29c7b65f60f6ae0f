using System.Diagnostics;
using VideoGen.SystemTests.Servers.Gpus;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Servers;

/// <summary>
/// Many orders at GPU servers of one's own, with faults and restarts by chance: at the end every order is accounted for, line by
/// line. <c>VIDEOGEN_CHAOS_ROUNDS</c> is the number of orders of a long run.
/// </summary>
public sealed class ServerFaultRunTests(ITestOutputHelper output)
{
    private const int Servers = 12;
    private const int ShortRun = 30;

    /// <summary>Of those servers, how many are paid for each run.</summary>
    private const int PaidServers = 3;

    private static readonly GpuFault[] Faults = [.. Enum.GetValues<GpuFault>().Except(
        [GpuFault.BadGatewayOnUpload, GpuFault.CutCancelBefore, GpuFault.CutCancelAfter, GpuFault.RunTime])];

    [Fact]
    public Task Many_orders_at_ComfyUI_with_faults_and_restarts_are_all_accounted_for() => RunAsync("comfyui");

    [Fact]
    public Task Many_orders_at_video_servers_with_faults_and_restarts_are_all_accounted_for() => RunAsync("openai-videos");

    private async Task RunAsync(string kind)
    {
        var seed = Environment.TickCount;
        var count = TestSettings.LongRounds ?? ShortRun;
        output.WriteLine($"{count} orders at {kind}, seed {seed}");
        List<GpuServer> servers = [];
        try
        {
            for (var number = 0; number < Servers; number++)
            {
                servers.Add(await GpuServer.StartAsync(kind, number < PaidServers, seconds: 0.2));
            }

            var watch = Stopwatch.StartNew();
            var audit = await RunAsync(servers, count, new Random(seed));
            output.WriteLine($"{audit}, in {watch.Elapsed.TotalSeconds:0} s");
            Assert.True(audit.Complaints.Count == 0, string.Join("\n\n", audit.Complaints.Take(5)));
            Assert.True(audit.Completed > count / 2, "The faults left hardly anything to complete.");
        }
        finally
        {
            foreach (var server in servers)
            {
                await server.DisposeAsync();
            }
        }
    }

    private static async Task<GpuAudit> RunAsync(List<GpuServer> servers, int count, Random random)
    {
        var names = servers.Select((_, number) => $"gpu{number}").ToArray();
        await using var api = await GpuServer.StartProductAsync(
        [
            .. servers.SelectMany((server, number) => server.UpstreamSettings(names[number])),
            ("VideoGen__Models__paid__Upstreams", string.Join(',', names[..PaidServers])),
            .. servers[0].ModelSettings("paid"),
            ("VideoGen__Models__free__Upstreams", string.Join(',', names[PaidServers..])),
            .. servers[^1].ModelSettings("free"),
            ("VideoGen__DefaultModel", "free"),
            ("VideoGen__Generation__MaxAttempts", "20"),    // a fault may strike at each of the servers
        ]);
        var image = await api.Client.UploadAsync();
        List<GpuOrder> orders = [];
        for (var number = 0; number < count; number++)
        {
            var script = $"Order {number:00000} is filmed.";
            if (random.Next(4) == 0)
            {
                var fault = Faults[random.Next(Faults.Length)];
                foreach (var server in servers)
                {
                    server.Strike(fault, script, fault is GpuFault.SlowAccept ? 1 : random.Next(3) * 0.5);
                }
            }

            var model = random.Next(servers.Count) < PaidServers ? "paid" : "free";
            orders.Add(await GpuOrder.CreateAsync(api.Client, image, model, script));
            await LetFlowAsync(api.Client, orders);
        }

        return await GpuAudit.OfAsync(api.Client, orders, servers);
    }

    /// <summary>A queue of some orders for each server.</summary>
    private static async Task LetFlowAsync(HttpClient client, List<GpuOrder> orders)
    {
        if (orders.Count > Servers * 8)
        {
            await orders[^(Servers * 8)].EndAsync(client);
        }
    }
}
