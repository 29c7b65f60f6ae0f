using VideoGen.Testing;

namespace VideoGen.Cluster.Tests.Processes;

/// <summary>
/// One run of VideoGen.Silo on ports of its own. It reaches the stand-in at an address of its own, which is how the stand-in's
/// counts tell what came from it.
/// </summary>
internal sealed class SiloRun : IDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(180);

    private readonly ProductProcess _process;
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(60) };

    public SiloRun(string name, Uri hub, IEnumerable<(string Name, string Value)> settings)
    {
        (Name, HubPort) = (name, hub.Port);
        _client.BaseAddress = new Uri($"http://127.0.0.1:{ApiProcess.FreePort()}");
        _process = ProductProcess.Start("VideoGen.Silo", ["--urls", _client.BaseAddress.GetLeftPart(UriPartial.Authority)],
        [
            .. settings,
            ("Orleans__Endpoints__AdvertisedIPAddress", "127.0.0.1"),
            ("Orleans__Endpoints__SiloPort", $"{ApiProcess.FreePort()}"),
            ("Orleans__Endpoints__GatewayPort", $"{ApiProcess.FreePort()}"),
        ]);
    }

    public string Name { get; }

    /// <summary>The port at which the stand-in hears of this silo only.</summary>
    public int HubPort { get; }

    public string Log => _process.Log;

    public string? Leak => _process.Leak;

    public Task ReadyAsync() => Readiness.ComeAsync(Name, _process, _client);

    public Task KillAsync() => _process.KillAsync();

    /// <summary>SIGTERM; returns the exit code.</summary>
    public Task<int> StopAsync() => _process.StopAsync(StopPatience);

    public void Freeze() => _process.Freeze();

    public void Thaw() => _process.Thaw();

    public Task<int> ExitAsync(TimeSpan patience) => _process.ExitAsync(patience);

    public void Dispose()
    {
        _client.Dispose();
        _process.Dispose();
    }
}
