using StackExchange.Redis;
using Tsavorite.core;
using VideoGen.Grains.Storage;

namespace VideoGen.Api.EmbeddedStore;

/// <summary>
/// The store of a standalone service: owns its data directory, runs the server and the one connection that the grains share.
/// It is up before any other hosted service starts and goes down after the last one has stopped.
/// </summary>
internal sealed partial class EmbeddedStoreHost(
    EmbeddedStoreOptions options, IHostApplicationLifetime lifetime, ILoggerFactory loggers, TimeProvider time)
    : IHostedLifecycleService, IStoreCommit, IAsyncDisposable
{
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(1);

    /// <summary>As long as a command of the store may take.</summary>
    private static readonly TimeSpan WritePatience = TimeSpan.FromSeconds(4);

    private readonly string _dataDirectory = Path.GetFullPath(options.DataDirectory);
    private readonly ILogger _log = loggers.CreateLogger<EmbeddedStoreHost>();
    private readonly CancellationTokenSource _stopping = new();
    private DataDirectoryLock? _lock;
    private StoreAddress? _address;
    private StoreRoom? _room;
    private StoreServer? _server;
    private Task _watching = Task.CompletedTask;
    private ConnectionMultiplexer? _connection;

    /// <summary>The connection to share; there is none before the host is starting.</summary>
    public IConnectionMultiplexer Connection =>
        _connection ?? throw new InvalidOperationException("The embedded store is not running.");

    /// <summary>Whether the disk is full and writes wait for room.</summary>
    public bool IsFull => _room?.IsFull ?? false;

    public Task WrittenAsync() =>
        (_server ?? throw new InvalidOperationException("The embedded store is not running."))
        .WrittenAsync().WaitAsync(WritePatience, time);

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var begin = time.GetTimestamp();
        _lock = DataDirectoryLock.Take(_dataDirectory);
        var folder = CreateFolder();
        _address = StoreAddress.Choose(folder);
        _room = new StoreRoom(folder, _log, time);
        _server = await StoreServer.StartAsync(folder, _address, _room, options, loggers);
        _watching = WatchAsync(_server);
        _connection = await ConnectionMultiplexer.ConnectAsync(StoreConnection.Options(_address));
        LogStarted(_log, folder, time.GetElapsedTime(begin).TotalSeconds);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Nothing is left to save: what was acknowledged is on the file since then.</summary>
    public async Task StoppedAsync(CancellationToken cancellationToken) => await DisposeAsync();

    /// <summary>Stops what runs; also when the host failed to start and never stops its services.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _watching;
        if (Interlocked.Exchange(ref _connection, null) is { } connection)
        {
            await connection.DisposeAsync();
        }

        if (Interlocked.Exchange(ref _server, null) is { } server)
        {
            await server.DisposeAsync();
            LogStopped(_log);
        }

        Interlocked.Exchange(ref _address, null)?.Dispose();
        Interlocked.Exchange(ref _lock, null)?.Dispose();
    }

    // A disk that fails, not one that is full: nothing in this process can mend it, and a supervisor should see it.
    private async Task WatchAsync(StoreServer server)
    {
        try
        {
            await server.WatchAsync(WatchInterval, time, _stopping.Token);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
        }
        catch (CommitFailureException failure)
        {
            LogFailed(_log, failure);
            Environment.ExitCode = 1;
            lifetime.StopApplication();
        }
    }

    private string CreateFolder()
    {
        var folder = Path.Combine(_dataDirectory, "store");
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return folder;
    }

    [LoggerMessage(LogLevel.Information, "Embedded store ready in {Seconds:0.0} s, folder {Folder}")]
    private static partial void LogStarted(ILogger log, string folder, double seconds);

    [LoggerMessage(LogLevel.Critical, "The embedded store cannot write any more: stopping")]
    private static partial void LogFailed(ILogger log, Exception failure);

    [LoggerMessage(LogLevel.Information, "Embedded store stopped")]
    private static partial void LogStopped(ILogger log);
}
