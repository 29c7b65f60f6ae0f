namespace VideoGen.Testing;

/// <summary>
/// The built VideoGen.Api as a process of its own, on a free loopback port and with a fresh data directory. It can be killed or
/// stopped and started again on the same port and data; both are gone when it is disposed.
/// </summary>
public sealed class ApiProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly TemporaryDirectory _data = new();
    private (string Name, string Value)[] _settings;
    private ProductProcess? _process;

    private ApiProcess((string Name, string Value)[] settings)
    {
        _settings = settings;
        Client.BaseAddress = new Uri($"http://127.0.0.1:{FreePorts.Take()}");
    }

    /// <summary>Speaks to the process, before and after a restart.</summary>
    public HttpClient Client { get; } = new() { Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>Where the process keeps its media and its store.</summary>
    public string DataDirectory => _data.Path;

    /// <summary>The process id of the last start.</summary>
    public int Id => Current.Id;

    /// <summary>What a shell runs before the process, as <see cref="ProductProcess.Start"/> takes it.</summary>
    public string? Shell { get; private init; }

    /// <summary>What the process wrote since its last start; of very much, the end.</summary>
    public string Log => Current.Log;

    private ProductProcess Current => _process ?? throw new InvalidOperationException("The process was not started.");

    /// <summary>Starts the API with these settings, named as environment variables, and waits until it is ready.</summary>
    public static Task<ApiProcess> StartAsync(params (string Name, string Value)[] settings) => StartUnderAsync(null, settings);

    /// <summary>The same, from a shell that runs <paramref name="shell"/> first.</summary>
    public static async Task<ApiProcess> StartUnderAsync(string? shell, params (string Name, string Value)[] settings)
    {
        var api = new ApiProcess(settings) { Shell = shell };
        try
        {
            await api.RestartAsync();
            return api;
        }
        catch
        {
            await api.DisposeAsync();
            throw;
        }
    }

    /// <summary>Changes a setting for the next start.</summary>
    public void Change(string name, string value) => _settings = [.. _settings, (name, value)];

    /// <summary>Starts the API on the same port and data, and waits until it is ready.</summary>
    public Task RestartAsync()
    {
        Launch();
        return Readiness.ComeAsync("VideoGen.Api", Current, Client);
    }

    /// <summary>Starts the API on the same port and data, and leaves it to itself.</summary>
    public void Launch()
    {
        Forget();
        _process = ProductProcess.Start(
            "VideoGen.Api",
            ["--urls", Client.BaseAddress!.GetLeftPart(UriPartial.Authority)],
            [("VideoGen__DataDirectory", DataDirectory), .. _settings],
            Shell);
    }

    /// <summary>SIGKILL: the process gets no chance to say good-bye.</summary>
    public Task KillAsync() => Current.KillAsync();

    /// <summary>SIGTERM, as an orchestrator stops a process; returns the exit code.</summary>
    public Task<int> StopAsync() => Current.StopAsync(Patience);

    /// <summary>SIGSTOP: it stands still, with its open connections.</summary>
    public void Freeze() => Current.Freeze();

    /// <summary>SIGCONT: it goes on as if no time had passed.</summary>
    public void Thaw() => Current.Thaw();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.KillAsync();
        }

        Client.Dispose();
        _data.Dispose();
        Forget();
    }

    /// <summary>Every test is a test of this too: no line that a process writes may hold its token.</summary>
    private void Forget()
    {
        var leak = _process?.Leak;
        _process?.Dispose();
        _process = null;
        if (leak is not null)
        {
            throw new InvalidOperationException($"VideoGen.Api wrote its token:\n{leak}");
        }
    }
}
