using System.Runtime.InteropServices;
using System.Threading.Channels;
using VideoGen.FakeComfy.Books;
using VideoGen.FakeComfy.Faults;
using VideoGen.FakeComfy.Lives;

namespace VideoGen.FakeComfy;

/// <summary>A stand-in for one ComfyUI with one GPU. It renders with ffmpeg and forgets everything when it restarts.</summary>
public sealed class FakeComfyServer : IAsyncDisposable
{
    // Below the ports that the system gives to outgoing connections, which could take the port while the server is away.
    private const int LowestPort = 20_000;
    private const int HighestPort = 30_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly ComfyState _state;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<(Life Life, TimeSpan Away)> _restarts = Channel.CreateBounded<(Life, TimeSpan)>(100);
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _restarting = Task.CompletedTask;
    private Listener? _listener;
    private bool _isDisposed;

    private FakeComfyServer(FakeComfyOptions options, TimeProvider time) => _state = new(options, time);

    /// <summary>The value for the setting <c>Url</c> of an upstream; it is the same after a restart.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <summary>What the stand-in did; it survives restarts.</summary>
    public ComfyBooks Books => _state.Books;

    /// <summary>What is to go wrong; it survives restarts.</summary>
    public FaultBook Faults => _state.Faults;

    /// <summary>The render time, version, model files and node classes; they survive restarts.</summary>
    public ComfySettings Settings => _state.Settings;

    /// <summary>The folder of <c>input</c> and <c>output</c>.</summary>
    public string Directory => _state.Files.Root;

    /// <summary>Listens on the address of the options.</summary>
    public static Task<FakeComfyServer> StartAsync(
        FakeComfyOptions? options = null, CancellationToken cancellationToken = default) =>
        StartAsync(options, null, cancellationToken);

    /// <summary>Listens on the address of the options, and waits on a clock of the caller's.</summary>
    public static async Task<FakeComfyServer> StartAsync(
        FakeComfyOptions? options, TimeProvider? time, CancellationToken cancellationToken = default)
    {
        options ??= new();
        var url = new Uri(options.Urls);
        if (url.Host is not ("127.0.0.1" or "localhost") || url.Scheme != Uri.UriSchemeHttp)
        {
            throw new ArgumentException($"The stand-in listens on http://127.0.0.1 only, not on {url}.", nameof(options));
        }

        var server = new FakeComfyServer(options, time ?? TimeProvider.System);
        try
        {
            await server.ListenAsync(url.Port, cancellationToken);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        server._restarting = server.RestartWhenToldAsync();
        return server;
    }

    /// <summary>Is killed and starts again: queue, history and the running run are gone, files stay.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAgainAsync();
    }

    /// <summary>Is killed and stays away: connections are refused.</summary>
    public Task StopAsync() => TakeTurnAsync(StopListenerAsync);

    /// <summary>Starts again on the same port, where it was away.</summary>
    public Task StartAgainAsync() => TakeTurnAsync(
        () => _listener is null ? ListenAsync(Address.Port, _stop.Token) : Task.CompletedTask);

    /// <summary>Waits for Ctrl+C, SIGTERM or the end of this server.</summary>
    public async Task WaitForShutdownAsync()
    {
        using var terminate = PosixSignalRegistration.Create(
            PosixSignal.SIGTERM, End);
        using var interrupt = PosixSignalRegistration.Create(
            PosixSignal.SIGINT, End);
        await _disposed.Task;

        void End(PosixSignalContext context)
        {
            context.Cancel = true;
            _disposed.TrySetResult();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        await _stop.CancelAsync();
        _restarts.Writer.TryComplete();
        await _restarting;
        await StopListenerAsync();
        await _state.DisposeAsync();
        _turn.Dispose();
        _stop.Dispose();
        _disposed.TrySetResult();
    }

    private async Task RestartWhenToldAsync()
    {
        try
        {
            await foreach (var (life, away) in _restarts.Reader.ReadAllAsync(_stop.Token))
            {
                // An answer that is on its way, like that of the control, gets through.
                await Task.Delay(Pause, _stop.Token);
                if (_listener?.Life == life)
                {
                    await StopAsync();
                    await Task.Delay(away, _state.Time, _stop.Token);
                    await StartAgainAsync();
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The server is being disposed of.
        }
    }

    private async Task TakeTurnAsync(Func<Task> act)
    {
        await _turn.WaitAsync(_stop.Token);
        try
        {
            await act();
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task StopListenerAsync()
    {
        if (_listener is { } listener)
        {
            _listener = null;
            await listener.DisposeAsync();
        }
    }

    private async Task ListenAsync(int port, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var chosen = port == 0 ? Random.Shared.Next(LowestPort, HighestPort) : port;
            var life = new Life(_state, (dead, away) => _restarts.Writer.TryWrite((dead, away)));
            try
            {
                _listener = await Listener.StartAsync(life, chosen, cancellationToken);
                Address = new($"http://127.0.0.1:{chosen}");
                return;
            }
            catch (IOException) when (TimeProvider.System.GetElapsedTime(started) < Patience)
            {
                // The port is taken, or was until a moment ago.
                life.Dispose();
                await Task.Delay(port == 0 ? TimeSpan.Zero : Pause, cancellationToken);
            }
        }
    }
}
