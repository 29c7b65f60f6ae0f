using VideoGen.Testing;

namespace VideoGen.SystemTests.Clusters.Processes;

/// <summary>
/// One run of VideoGen.Silo. It reaches the stand-in at an address of its own, which is how the stand-in's counts tell what came
/// from it.
/// </summary>
internal sealed class SiloRun(string name, Uri hub, IEnumerable<(string Name, string Value)> settings) : IDisposable
{
    private readonly SiloProcess _process = new(settings);

    public string Name => name;

    /// <summary>The port at which the stand-in hears of this silo only.</summary>
    public int HubPort => hub.Port;

    public string Log => _process.Log;

    public string? Leak => _process.Leak;

    public Task ReadyAsync() => _process.ReadyAsync();

    public Task KillAsync() => _process.KillAsync();

    /// <summary>SIGTERM; returns the exit code.</summary>
    public Task<int> StopAsync() => _process.StopAsync();

    public void Freeze() => _process.Freeze();

    public void Thaw() => _process.Thaw();

    public Task<int> ExitAsync(TimeSpan patience) => _process.ExitAsync(patience);

    public void Dispose() => _process.Dispose();
}
