using StackExchange.Redis;
using Tsavorite.core;
using VideoGen.Grains.Storage;

namespace VideoGen.Api.EmbeddedStore;

/// <summary>
/// The store of a standalone service. Owns the data directory, the server and the connection that the grains share. It starts
/// before every other hosted service and stops after the last one.
/// </summary>
internal sealed partial class EmbeddedStoreHost(
    EmbeddedStoreOptions options, IHostApplicationLifetime lifetime, ILoggerFactory loggers, TimeProvider time)
    : IHostedLifecycleService, IStoreCommit, IAsyncDisposable
{
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(1);

    /// <summary>As long as a store command may take.</summary>
    private static readonly TimeSpan WriteTimeout = TimeSpan.FromSeconds(4);

    private readonly string _dataDirectory = Path.GetFullPath(options.DataDirectory);
    private readonly ILogger _log = loggers.CreateLogger<EmbeddedStoreHost>();
    private readonly CancellationTokenSource _stopping = new();
    private DataDirectoryLock? _lock;
    private StoreAddress? _address;
    private StoreRoom? _room;
    private StoreServer? _server;
    private Task _watching = Task.CompletedTask;
    private ConnectionMultiplexer? _connection;

    /// <summary>The shared connection. It exists once the host is starting.</summary>
    public IConnectionMultiplexer Connection =>
        _connection ?? throw new InvalidOperationException("The embedded store is not running.");

    /// <summary>Whether the disk is full and writes are waiting for free space.</summary>
    public bool IsFull => _room?.IsFull ?? false;

    public Task WrittenAsync() =>
        (_server ?? throw new InvalidOperationException("The embedded store is not running."))
        .WrittenAsync().WaitAsync(WriteTimeout, time);

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

    /// <summary>Saves nothing: acknowledged writes are already in the file.</summary>
    public async Task StoppedAsync(CancellationToken cancellationToken) => await DisposeAsync();

    /// <summary>Stops what is running, also if the host failed to start and never stops its services.</summary>
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

    // The disk has failed (a full disk does not end up here). This process cannot recover, and a supervisor should notice.
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

    [LoggerMessage(LogLevel.Critical, "The embedded store cannot write to its files; stopping")]
    private static partial void LogFailed(ILogger log, Exception failure);

    [LoggerMessage(LogLevel.Information, "Embedded store stopped")]
    private static partial void LogStopped(ILogger log);
}
