using StackExchange.Redis;

namespace VideoGen.Api.EmbeddedStore;

/// <summary>Options of the connection to the embedded store: it reconnects forever, and every call has a timeout.</summary>
internal static class StoreConnection
{
    public static ConfigurationOptions Options(StoreAddress address) => new()
    {
        EndPoints = { address.EndPoint },
        Password = address.Password,
        ClientName = "videogen",
        AbortOnConnectFail = false,
        ConnectTimeout = 3000,

        // Timeouts are checked once a second, so a stalled store is an error within five seconds.
        AsyncTimeout = 4000,
        SyncTimeout = 4000,
        ReconnectRetryPolicy = new LinearRetry(250),
        SocketManager = SocketManager.ThreadPool,    // the same as in a cluster
    };
}
