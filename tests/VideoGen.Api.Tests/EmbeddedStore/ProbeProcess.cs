using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;

namespace VideoGen.Api.Tests.EmbeddedStore;

/// <summary>A real process with an embedded store that writes, says what was acknowledged, and can be killed.</summary>
internal sealed class ProbeProcess : IDisposable
{
    /// <summary>From one line to the next: how fast it writes is a matter of the disk.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task _reading;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    private ProbeProcess(Process process)
    {
        _process = process;
        _reading = ReadAsync();
    }

    /// <summary>The highest number that was acknowledged, by key.</summary>
    public ConcurrentDictionary<string, long> Kept { get; } = [];

    public int Keys { get; private init; }

    /// <summary>Bytes of physical memory.</summary>
    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public static ProbeProcess Start(string dataDirectory, int writers = 8, int bytes = 200, int keys = 100,
        int logSegments = 32)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "VideoGen.StoreProbe.dll"), dataDirectory,
                Text(writers), Text(bytes), Text(keys), Text(logSegments),
            },
            Environment = { ["Logging__LogLevel__Default"] = "None" },
        };
        return new ProbeProcess(Process.Start(start)!) { Keys = keys };
    }

    /// <summary>Reads on until a line starts so; fails when the process ends before.</summary>
    public async Task<string> WaitForAsync(Func<string, bool> isIt)
    {
        using var limit = new CancellationTokenSource(Patience);
        await foreach (var line in _lines.Reader.ReadAllAsync(limit.Token))
        {
            if (isIt(line))
            {
                return line;
            }

            limit.CancelAfter(Patience);
        }

        throw new InvalidOperationException("The process ended and never said it.");
    }

    public Task<string> WaitForAsync(string start) => WaitForAsync(line => line.StartsWith(start, StringComparison.Ordinal));

    /// <summary>Lets it write until so many writes were acknowledged.</summary>
    public async Task KeepAsync(int writes)
    {
        var seen = 0;
        await WaitForAsync(line => line.StartsWith("kept", StringComparison.Ordinal) && ++seen == writes);
    }

    /// <summary>SIGKILL; returns when everything it said is read.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        await _reading;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Split(' ') is ["kept", var writer, var number])
            {
                var value = long.Parse(number, CultureInfo.InvariantCulture);
                Kept[$"{writer}:{value % Keys}"] = value;
            }

            _lines.Writer.TryWrite(line);
        }

        _lines.Writer.Complete();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
