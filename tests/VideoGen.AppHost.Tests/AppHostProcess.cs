using System.Text.RegularExpressions;
using VideoGen.Testing;

namespace VideoGen.AppHost.Tests;

/// <summary>The AppHost as <c>run.sh --cluster</c> runs it, and the two addresses that it prints.</summary>
internal sealed partial class AppHostProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly ProductProcess _process;

    public AppHostProcess(TemporaryDirectory data, params string[] arguments) => _process = ProductProcess.Start(
        "VideoGen.AppHost", ["--redis", "process", .. arguments],
        [
            ("VideoGen__DataDirectory", data.Path),
            ("PORT", $"{FreePorts.Take()}"),
            ("ASPNETCORE_URLS", "http://localhost:0"),
        ]);

    public string Log => _process.Log;

    /// <summary>Waits until it says that the studio can be used.</summary>
    public async Task<(Uri Studio, Uri Dashboard)> AddressesAsync()
    {
        await PrintsAsync(Dashboard());
        await PrintsAsync(Studio());
        return (new(Studio().Match(Log).Groups[1].Value), new(Dashboard().Match(Log).Groups[1].Value));
    }

    public Task<int> ExitAsync() => _process.ExitAsync(Patience);

    /// <summary>SIGTERM, which is Ctrl+C from outside of a terminal.</summary>
    public Task<int> StopAsync() => _process.StopAsync(Patience);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await StopAsync();
        }

        _process.Dispose();
    }

    private async Task PrintsAsync(Regex line)
    {
        await Eventually.GetAsync(
            () => Task.FromResult(Log), log => line.IsMatch(log) || _process.HasExited, log => $"{line} is not printed: {log}");
        Assert.False(_process.HasExited, Log);
    }

    [GeneratedRegex(@"Studio +(http\S+)")]
    private static partial Regex Studio();

    [GeneratedRegex(@"Dashboard +(http\S+/login\?t=\S+)")]
    private static partial Regex Dashboard();
}
