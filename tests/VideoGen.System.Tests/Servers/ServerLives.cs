using System.Diagnostics;
using System.Net;
using VideoGen.SystemTests.Servers.Gpus;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Servers;

/// <summary>
/// All cases at once, each with an upstream and a stand-in of its own: those of the kills are brought to their moments, one kill
/// ends them all, and the others follow in the second life of the product.
/// </summary>
public sealed class ServerLives : IAsyncLifetime
{
    private readonly List<Life> _lives = [];
    private ApiProcess? _api;

    private ApiProcess Api => _api ?? throw new InvalidOperationException("The product was not started.");

    /// <summary>How long everything took.</summary>
    public TimeSpan Took { get; private set; }

    public async ValueTask InitializeAsync()
    {
        var watch = Stopwatch.StartNew();
        foreach (var kind in GpuServer.Kinds)
        {
            foreach (var (number, one) in ServerCases.All.Index().Where(entry => entry.Item.Kinds.Contains(kind)))
            {
                _lives.Add(await Life.StartAsync(kind, $"{kind}-{number}", one));
            }
        }

        _api = await GpuServer.StartProductAsync(
            [.. _lives.SelectMany(life => life.Settings), ("VideoGen__DefaultModel", _lives[0].Name)]);
        var image = await Api.Client.UploadAsync();

        await ForEachAsync(life => life.Case.IsKill, life => life.BringToTheMomentAsync(Api.Client, image));
        await Api.KillAsync();
        await ForEachAsync(life => life.Case.IsKill, life => life.WhileDeadAsync());
        await Api.RestartAsync();
        await ForEachAsync(life => !life.Case.IsKill, life => life.OrderAsync(Api.Client, image));
        await ForEachAsync(_ => true, life => life.EndAsync(Api.Client));
        Took = watch.Elapsed;
    }

    public async ValueTask DisposeAsync()
    {
        if (_api is not null)
        {
            await _api.DisposeAsync();
        }

        foreach (var life in _lives)
        {
            await life.DisposeAsync();
        }
    }

    internal GpuAccount AccountOf(string kind, string name) =>
        _lives.Single(life => life.Kind == kind && life.Case.Name == name).Account;

    /// <summary>The ids of all orders, and those that the product lists.</summary>
    internal async Task<(IEnumerable<string> Ordered, IEnumerable<string> Listed)> IdsAsync() => (
        _lives.Select(life => life.Account.Order.Id).Order(),
        (await Api.Client.ListAsync()).Select(generation => generation.Text("id")).Order());

    private Task ForEachAsync(Func<Life, bool> fits, Func<Life, Task> act) => Task.WhenAll(_lives.Where(fits).Select(act));

    /// <summary>One case at one kind of server.</summary>
    private sealed class Life(string kind, string name, ServerCase one, GpuServer server, Relay? relay) : IAsyncDisposable
    {
        private GpuOrder? _order;
        private GpuAccount? _account;

        public string Kind => kind;

        public string Name => name;

        public ServerCase Case => one;

        public (string Name, string Value)[] Settings => server.Settings(name, relay?.Address);

        public GpuAccount Account => _account ?? throw new InvalidOperationException($"{Case.Name} has not ended.");

        private GpuOrder Order => _order ?? throw new InvalidOperationException($"{Case.Name} was not ordered.");

        public static async Task<Life> StartAsync(string kind, string name, ServerCase one)
        {
            var server = await GpuServer.StartAsync(kind, one.Pays);
            return new Life(kind, name, one, server, one.Hold is { } hold ? await Relay.StartAsync(server, hold) : null);
        }

        public async Task OrderAsync(HttpClient client, string image)
        {
            var script = $"{kind}: {one.Name}.";
            server.Strike(GpuFault.RunTime, script, one.RunSeconds);
            if (one.Fault is { } fault)
            {
                server.Strike(fault, script, one.Seconds, one.Times);
            }

            if (one.IsAway)
            {
                await server.StopAsync();
            }

            _order = await GpuOrder.CreateAsync(client, image, name, script, one.Duration);
            if (one.Cancels)
            {
                await StartedAsync();
                using var answer = await client.PostAsync($"/generation/{Order.Id}/cancel", null);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            }
        }

        public async Task BringToTheMomentAsync(HttpClient client, string image)
        {
            await OrderAsync(client, image);
            if (one.Stage is { } stage)
            {
                await Eventually.GetAsync(
                    () => client.GetGenerationAsync(Order.Id), seen => seen.Text("stage") == stage,
                    seen => $"{one.Name}: the moment did not come: {seen}");
            }
            else
            {
                await relay!.Reached.WaitAsync(TimeSpan.FromMinutes(1));
                if (one.RestartsWhileDead && one.RunSeconds > 1)
                {
                    await StartedAsync();
                }
            }
        }

        public async Task WhileDeadAsync()
        {
            if (one.FailingUploads > 0)
            {
                server.Strike(GpuFault.BadGatewayOnUpload, Order.Script, times: one.FailingUploads);
            }

            if (one.IsAway)
            {
                await server.StartAgainAsync();
            }

            if (one.RestartsWhileDead)
            {
                await server.RestartAsync();
            }
        }

        public async Task EndAsync(HttpClient client) => _account = await GpuAccount.OfAsync(client, Order, server);

        public async ValueTask DisposeAsync()
        {
            if (relay is not null)
            {
                await relay.DisposeAsync();
            }

            await server.DisposeAsync();
        }

        private Task StartedAsync() => Eventually.TrueAsync(
            () => server.Count(GpuEvent.Started, Order.Seed) > 0, $"{one.Name}: the run did not start.");
    }
}
