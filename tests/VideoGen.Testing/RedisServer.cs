using System.Globalization;
using System.Net.Sockets;
using CliWrap;
using CliWrap.Buffered;

namespace VideoGen.Testing;

/// <summary>
/// A Redis as a process of its own, with every write in its append-only file. It can be stopped or killed, and started again on
/// the same port and data. Its <paramref name="settings"/> are those of its command line.
/// </summary>
public sealed class RedisServer(string appendFsync = "everysec", string password = "", params string[] settings)
    : IAsyncDisposable
{
    private readonly TemporaryDirectory _data = new();
    private CancellationTokenSource _stop = new();
    private CancellationTokenSource _kill = new();
    private Task _running = Task.CompletedTask;

    /// <summary>The port, of every start.</summary>
    public int Port { get; } = FreePorts.Take();

    /// <summary>The value for <c>ConnectionStrings__redis</c>.</summary>
    public string ConnectionString => $"127.0.0.1:{Port}";

    /// <summary>Starts it and waits until it has read its data.</summary>
    public async Task StartAsync()
    {
        _stop.Dispose();
        _kill.Dispose();
        (_stop, _kill) = (new CancellationTokenSource(), new CancellationTokenSource());
        _running = Cli.Wrap("redis-server")
            .WithArguments([
                "--bind", "127.0.0.1", "--port", $"{Port}", "--dir", _data.Path,
                "--appendonly", "yes", "--appendfsync", appendFsync, "--save", "", "--requirepass", password, .. settings])
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(forcefulCancellationToken: _kill.Token, gracefulCancellationToken: _stop.Token);
        await Eventually.GetAsync(AnswersAsync, answers => answers, _ => "Redis does not start.");
    }

    /// <summary>Asks it to end in order, with everything on disk.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>SIGKILL: what it answered for must be in its file, or is lost.</summary>
    public async Task KillAsync()
    {
        await _kill.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>
    /// Waits until everything it has answered for was handed to the operating system. With <c>everysec</c> Redis holds writes
    /// back for up to two seconds while the disk is busy with the ones before, and a kill in that time loses them.
    /// </summary>
    public Task FlushedAsync() => Eventually.GetAsync(
        async () => await AskAsync("info", "persistence"),
        info => info.Contains("aof_buffer_length:0", StringComparison.Ordinal),
        info => $"Redis does not write its file: {info}");

    /// <summary>Sends a command and returns the answer as <c>redis-cli</c> prints it.</summary>
    public async Task<string> AskAsync(params string[] command)
    {
        var port = Port.ToString(CultureInfo.InvariantCulture);
        var answer = await Cli.Wrap("redis-cli").WithArguments(["-p", port, .. Credential, .. command])
            .WithValidation(CommandResultValidation.None).ExecuteBufferedAsync();
        return answer.StandardOutput.Trim();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
        _kill.Dispose();
        _data.Dispose();
    }

    private string[] Credential => password.Length == 0 ? [] : ["--no-auth-warning", "-a", password];

    private async Task<bool> AnswersAsync()
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", Port);
            return await AskAsync("ping") is "PONG";
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
