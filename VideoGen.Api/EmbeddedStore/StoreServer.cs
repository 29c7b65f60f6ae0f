using Garnet;

namespace VideoGen.Api.EmbeddedStore;

/// <summary>One run of the Garnet server over the store's folder.</summary>
internal sealed class StoreServer : IAsyncDisposable
{
    private readonly GarnetServer _garnet;

    private StoreServer(GarnetServer garnet) => _garnet = garnet;

    /// <summary>Recovers what is in the folder and listens; on a pool thread, because both are synchronous in Garnet.</summary>
    public static Task<StoreServer> StartAsync(string folder, StoreAddress address, ILoggerFactory loggers) => Task.Run(() =>
    {
        var garnet = new GarnetServer(StoreSettings.Create(folder, address), new StoreLog(loggers));
        try
        {
            garnet.Start();
            return new StoreServer(garnet);
        }
        catch
        {
            garnet.Dispose();
            throw;
        }
    });

    /// <summary>Closes the connections and the files. What is not committed was never acknowledged.</summary>
    public async ValueTask DisposeAsync() => await Task.Run(_garnet.Dispose);
}
