namespace VideoGen.Testing;

/// <summary>The built VideoGen.Silo as a process of its own, on free loopback ports.</summary>
public sealed class SiloProcess : IDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromMinutes(4);

    private readonly ProductProcess _process;

    /// <summary>Starts it with these settings, named as environment variables, and leaves it to itself.</summary>
    public SiloProcess(IEnumerable<(string Name, string Value)> settings) => _process = ProductProcess.Start(
        "VideoGen.Silo", ["--urls", Client.BaseAddress!.GetLeftPart(UriPartial.Authority)],
        [
            .. settings,
            ("Orleans__Endpoints__AdvertisedIPAddress", "127.0.0.1"),
            ("Orleans__Endpoints__SiloPort", $"{FreePorts.Take()}"),
            ("Orleans__Endpoints__GatewayPort", $"{FreePorts.Take()}"),
        ]);

    /// <summary>Speaks to its probes.</summary>
    public HttpClient Client { get; } = new()
    {
        BaseAddress = new Uri($"http://127.0.0.1:{FreePorts.Take()}"),
        Timeout = TimeSpan.FromSeconds(60),
    };

    /// <summary>The process id.</summary>
    public int Id => _process.Id;

    /// <summary>What it wrote; of very much, the end.</summary>
    public string Log => _process.Log;

    /// <summary>A line with its token; null when there is none, as it has to be.</summary>
    public string? Leak => _process.Leak;

    /// <summary>Starts it and waits until it has joined its cluster.</summary>
    public static async Task<SiloProcess> StartAsync(IEnumerable<(string Name, string Value)> settings)
    {
        var silo = new SiloProcess(settings);
        await silo.ReadyAsync();
        return silo;
    }

    /// <summary>Waits until it has joined its cluster.</summary>
    public Task ReadyAsync() => Readiness.ComeAsync("VideoGen.Silo", _process, Client);

    /// <summary>SIGKILL; returns when it is gone. One that has ended by itself is fine.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            await _process.KillAsync();
        }
    }

    /// <summary>SIGTERM; returns the exit code. A stop waits for paid submits that have no answer yet.</summary>
    public Task<int> StopAsync() => _process.StopAsync(StopPatience);

    /// <summary>Waits for it to end by itself; returns the exit code.</summary>
    public Task<int> ExitAsync(TimeSpan patience) => _process.ExitAsync(patience);

    /// <summary>SIGSTOP.</summary>
    public void Freeze() => _process.Freeze();

    /// <summary>SIGCONT.</summary>
    public void Thaw() => _process.Thaw();

    /// <inheritdoc/>
    public void Dispose()
    {
        Client.Dispose();
        _process.Dispose();
    }
}
