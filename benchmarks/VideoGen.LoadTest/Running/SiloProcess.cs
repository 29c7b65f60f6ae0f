using VideoGen.Testing;

namespace VideoGen.LoadTest.Running;

/// <summary>The built VideoGen.Silo on free loopback ports.</summary>
internal sealed class SiloProcess : IDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromMinutes(4);

    private readonly HttpClient _client = new() { BaseAddress = new Uri($"http://127.0.0.1:{ApiProcess.FreePort()}") };
    private readonly ProductProcess _process;

    private SiloProcess(IEnumerable<(string, string)> settings) => _process = ProductProcess.Start(
        "VideoGen.Silo", ["--urls", _client.BaseAddress!.GetLeftPart(UriPartial.Authority)],
        [
            .. settings,
            ("Orleans__Endpoints__AdvertisedIPAddress", "127.0.0.1"),
            ("Orleans__Endpoints__SiloPort", $"{ApiProcess.FreePort()}"),
            ("Orleans__Endpoints__GatewayPort", $"{ApiProcess.FreePort()}"),
        ]);

    public int Id => _process.Id;

    /// <summary>What it wrote; of very much, the end.</summary>
    public string Log => _process.Log;

    public static async Task<SiloProcess> StartAsync(IEnumerable<(string, string)> settings)
    {
        var silo = new SiloProcess(settings);
        await Readiness.ComeAsync("VideoGen.Silo", silo._process, silo._client);
        return silo;
    }

    /// <summary>SIGKILL; returns when it is gone.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            await _process.KillAsync();
        }
    }

    /// <summary>SIGTERM; returns the exit code. A stop waits for paid submits that have no answer yet.</summary>
    public Task<int> StopAsync() => _process.StopAsync(StopPatience);

    public void Dispose()
    {
        _client.Dispose();
        _process.Dispose();
    }
}
