using System.Diagnostics;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using VideoGen.Api.EmbeddedStore;

namespace VideoGen.Benchmarks.History;

/// <summary>A store in a process of its own, so that its memory is its own and it can be killed.</summary>
internal sealed class StoreProcess(string name, string folder) : IAsyncDisposable
{
    private Process? _process;

    private string Socket => name == "redis" ? Path.Combine(folder, "redis.sock") : Path.Combine(folder, "store", "store.sock");

    public ConnectionMultiplexer? Connection { get; private set; }

    public long Memory
    {
        get
        {
            _process!.Refresh();
            return _process.WorkingSet64;
        }
    }

    public long Files =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);

    /// <summary>Runs the embedded store until it is killed.</summary>
    public static async Task RunEmbeddedAsync(string folder)
    {
        var options = new EmbeddedStoreOptions(folder);
        var lifetime = new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance);
        await using var store = new EmbeddedStoreHost(options, lifetime, NullLoggerFactory.Instance, TimeProvider.System);
        await store.StartingAsync(CancellationToken.None);
        await Task.Delay(Timeout.Infinite);
    }

    /// <summary>Starts it; returns the seconds until it answered.</summary>
    public async Task<double> StartAsync()
    {
        var begin = Stopwatch.GetTimestamp();
        _process = name == "redis"
            ? Process.Start("redis-server", ["--port", "0", "--unixsocket", Socket, "--dir", folder, "--appendonly", "yes",
                "--appendfsync", "everysec", "--save", "", "--logfile", Path.Combine(folder, "log")])
            : Process.Start(Environment.ProcessPath!, ["store", folder]);
        Connection = await ConnectionMultiplexer.ConnectAsync(new ConfigurationOptions
        {
            EndPoints = { new UnixDomainSocketEndPoint(Socket) },
            AbortOnConnectFail = false,
            ConnectTimeout = 500,
            AsyncTimeout = 60_000,
            BacklogPolicy = BacklogPolicy.FailFast,
            ReconnectRetryPolicy = new LinearRetry(20),
        });
        while (!await AnswersAsync())
        {
            await Task.Delay(20);
        }

        return Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    public async Task KillAsync()
    {
        await (Connection?.DisposeAsync() ?? ValueTask.CompletedTask);
        _process!.Kill();
        await _process.WaitForExitAsync();
        File.Delete(Socket);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await Connection!.GetDatabase().KeyExistsAsync("videogen");
            return true;
        }
        catch (Exception notYet) when (notYet is RedisException or TimeoutException)
        {
            return false;
        }
    }
}
