using Garnet;
using Garnet.common;
using Tsavorite.core;
using VideoGen.ServiceDefaults;

namespace VideoGen.Api.EmbeddedStore;

/// <summary>The Garnet server of the embedded store.</summary>
internal sealed class StoreServer : IAsyncDisposable
{
    private readonly GarnetServer _garnet;
    private readonly StoreRoom _room;

    private readonly GroupCommit _commits;

    private StoreServer(GarnetServer garnet, StoreRoom room)
    {
        (_garnet, _room) = (garnet, room);
        _commits = new GroupCommit(async () => await garnet.Store.CommitAOFAsync(CancellationToken.None));
    }

    /// <summary>
    /// Recovers the files in the folder and starts listening. Runs on a pool thread, because both are synchronous in Garnet.
    /// </summary>
    /// <exception cref="StartupException">The files cannot be read, or not be trusted.</exception>
    public static Task<StoreServer> StartAsync(string folder, StoreAddress address, StoreRoom room, EmbeddedStoreOptions options,
        ILoggerFactory loggers) => Task.Run(() =>
    {
        try
        {
            var garnet = new GarnetServer(StoreSettings.Create(folder, address, room, options), new StoreLog(loggers));
            garnet.Start();
            return new StoreServer(garnet, room);
        }
        catch (Exception error)
            when (error is IOException or UnauthorizedAccessException or GarnetException or TsavoriteException)
        {
            throw new StartupException(
                $"Cannot open the store in {folder} ({error.Message}). Restore it from a backup, or move it away to start empty.",
                error);
        }
    });

    /// <summary>Completes when every acknowledged write is in the file.</summary>
    public Task WrittenAsync() => _commits.WrittenAsync();

    /// <summary>
    /// Commits writes that no caller waits for, such as expirations. Returns only by an exception: when a write has failed
    /// permanently, after which Garnet accepts no further write.
    /// </summary>
    public async Task WatchAsync(TimeSpan interval, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(interval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            await WrittenAsync().WaitAsync(cancellationToken);
        }
    }

    /// <summary>
    /// Closes connections and files. While writes wait for free space, closing would wait too, so the end of the process closes
    /// them.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (!_room.IsFull)
        {
            await Task.Run(_garnet.Dispose);
        }
    }
}
