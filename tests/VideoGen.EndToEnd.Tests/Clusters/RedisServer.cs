using System.Net.Sockets;
using CliWrap;
using VideoGen.Testing;

namespace VideoGen.EndToEnd.Tests.Clusters;

/// <summary>A Redis as a process of its own. It can be stopped and started again on the same port and data.</summary>
internal sealed class RedisServer(string password = "") : IAsyncDisposable
{
    private readonly TemporaryDirectory _data = new();
    private readonly int _port = ApiProcess.FreePort();
    private CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public int Port => _port;

    public string ConnectionString => $"127.0.0.1:{_port}";

    public async Task StartAsync()
    {
        _stop.Dispose();
        _stop = new CancellationTokenSource();
        _running = Cli.Wrap("redis-server")
            .WithArguments(["--bind", "127.0.0.1", "--port", $"{_port}", "--dir", _data.Path, "--appendonly", "yes", "--save", "", "--requirepass", password])
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(forcefulCancellationToken: CancellationToken.None, gracefulCancellationToken: _stop.Token);
        await Eventually.GetAsync(ListensAsync, listens => listens, _ => "Redis does not start.");
    }

    /// <summary>Asks it to end in order, with everything on disk.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
        _data.Dispose();
    }

    private async Task<bool> ListensAsync()
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", _port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
