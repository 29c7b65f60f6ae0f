using VideoGen.FakeHub;
using VideoGen.SystemTests.Servers.Gpus;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Storyboards;

/// <summary>Redis, two silos and an API as processes.</summary>
internal sealed class MortalCluster : MortalProduct
{
    private readonly (string Name, string Value)[] _settings;
    private readonly TemporaryDirectory _media = new();
    private readonly RedisServer _redis = new("always");
    private readonly List<SiloProcess> _silos = [];
    private ApiProcess? _api;

    private MortalCluster(FakeHubServer hub, GpuServer gpu, (string Name, string Value)[] settings) : base(hub, gpu) =>
        _settings =
        [
            .. settings, ("ConnectionStrings__redis", _redis.ConnectionString), ("VideoGen__DataDirectory", _media.Path),
        ];

    public override HttpClient Client => Api.Client;

    public override string DataDirectory => _media.Path;

    public override IReadOnlyList<string> Parts => ["silo", "silo", "silo", "API", "Redis", "GPU server"];

    private ApiProcess Api => _api ?? throw new InvalidOperationException("The cluster was not started.");

    public static async Task<MortalProduct> StartAsync(
        FakeHubServer hub, GpuServer gpu, (string Name, string Value)[] settings)
    {
        var cluster = new MortalCluster(hub, gpu, settings);
        try
        {
            await cluster._redis.StartAsync();
            var starting = ApiProcess.StartAsync(cluster._settings);    // it waits for a silo
            await Task.WhenAll(cluster.StartSiloAsync(), cluster.StartSiloAsync());
            cluster._api = await starting;
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public override async Task KillAsync(string part, Random random)
    {
        switch (part)
        {
            case "silo":
                var silo = _silos[random.Next(_silos.Count)];
                _silos.Remove(silo);
                await silo.KillAsync();
                silo.Dispose();
                await StartSiloAsync();
                break;
            case "API":
                await Api.KillAsync();
                await Api.RestartAsync();
                break;
            case "Redis":
                await _redis.KillAsync();
                await _redis.StartAsync();
                break;
            default:
                await base.KillAsync(part, random);
                break;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos)
        {
            await silo.KillAsync();
            silo.Dispose();
        }

        if (_api is not null)
        {
            await _api.DisposeAsync();
        }

        await _redis.DisposeAsync();
        await base.DisposeAsync();
        _media.Dispose();
    }

    protected override Task<string> AskStoreAsync(params string[] command) => _redis.AskAsync(command);

    private Task StartSiloAsync()
    {
        var silo = new SiloProcess(_settings);
        _silos.Add(silo);
        return silo.ReadyAsync();
    }
}
