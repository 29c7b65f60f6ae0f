using System.Runtime.InteropServices;
using VideoGen.FakeVideos.Books;
using VideoGen.FakeVideos.Faults;
using VideoGen.FakeVideos.Rendering;

namespace VideoGen.FakeVideos;

/// <summary>
/// The stand-in on one port. A restart forgets all jobs, as that of a real server does; the books, the faults, the settings and
/// what is in the cloud storage stay.
/// </summary>
public sealed class FakeVideosServer : IAsyncDisposable
{
    private const int BindAttempts = 100;

    private readonly Memory _memory;
    private readonly SemaphoreSlim _gate = new(1);
    private readonly CancellationTokenSource _end = new();
    private ServerLife? _life;
    private Task _restarts = Task.CompletedTask;

    private FakeVideosServer(Memory memory, ServerLife life)
    {
        _memory = memory;
        Address = life.Address;
        Live(life);
    }

    /// <summary>The root; with <c>/v1</c> it is the base URL of clients.</summary>
    public Uri Address { get; }

    /// <summary>What really happened.</summary>
    public VideosBooks Books => _memory.Books;

    /// <summary>What is to go wrong.</summary>
    public FaultBook Faults => _memory.Faults;

    /// <summary>The dialect, the pace and the like.</summary>
    public VideosSettingsBoard Settings => _memory.Settings;

    /// <summary>Listens.</summary>
    public static async Task<FakeVideosServer> StartAsync(
        FakeVideosOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        if (!Uri.TryCreate(options.Urls, UriKind.Absolute, out var url) || url.Scheme != "http" || url.Host != "127.0.0.1")
        {
            throw new ArgumentException($"The stand-in listens at one http://127.0.0.1:(port), not at {options.Urls}.");
        }

        var memory = new Memory(
            options, new(options.Settings), new(options.Time), new(options.FaultSeed), new VideoRenderer());
        try
        {
            return new(memory, await ServerLife.StartAsync(memory, options.Urls, cancellationToken));
        }
        catch
        {
            await memory.Renderer.DisposeAsync();
            throw;
        }
    }

    /// <summary>Dies like a killed process, forgets all jobs, and listens again at the same port.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAgainAsync();
    }

    /// <summary>Dies like a killed process, and stays away.</summary>
    public async Task StopAsync()
    {
        await _gate.WaitAsync();
        try
        {
            await DieAsync();
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Comes back at the same port, without any jobs.</summary>
    public async Task StartAgainAsync()
    {
        await _gate.WaitAsync();
        try
        {
            await RiseAsync();
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Waits for Ctrl+C or SIGTERM.</summary>
    public async Task WaitForShutdownAsync()
    {
        var signaled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle);
        await signaled.Task;

        void Handle(PosixSignalContext context)
        {
            context.Cancel = true;
            signaled.TrySetResult();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await StopAsync();
        await _restarts;
        await _memory.Renderer.DisposeAsync();
        _gate.Dispose();
        _end.Dispose();
    }

    private void Live(ServerLife life)
    {
        _life = life;
        _restarts = Task.WhenAll(_restarts, ObeyAsync(life));
    }

    /// <summary>Starts again when this life was ended with that request.</summary>
    private async Task ObeyAsync(ServerLife life)
    {
        try
        {
            var away = await life.Switch.Restarts.ReadAsync(_end.Token);
            await _gate.WaitAsync(_end.Token);
            try
            {
                if (_life == life)
                {
                    await DieAsync();
                    await Task.Delay(away, _memory.Options.Time, _end.Token);
                    await RiseAsync();
                }
            }
            finally
            {
                _gate.Release();
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The stand-in ends.
        }
        catch (System.Threading.Channels.ChannelClosedException)
        {
            // This life ended without that request.
        }
    }

    private async Task DieAsync()
    {
        if (_life is { } life)
        {
            _life = null;
            await life.DisposeAsync();
        }
    }

    private async Task RiseAsync()
    {
        for (var attempt = 1; _life is null; attempt++)
        {
            try
            {
                Live(await ServerLife.StartAsync(_memory, $"http://127.0.0.1:{Address.Port}", _end.Token));
            }
            catch (IOException) when (attempt < BindAttempts)
            {
                // A connection of another program has the port for the moment.
                await Task.Delay(100, _end.Token);
            }
        }
    }
}
