using StackExchange.Redis;

namespace VideoGen.Api.EmbeddedStore;

/// <summary>How clients in this process reach the embedded store: they reconnect for ever, and no call waits for ever.</summary>
internal static class StoreConnection
{
    public static ConfigurationOptions Options(StoreAddress address) => new()
    {
        EndPoints = { address.EndPoint },
        Password = address.Password,
        ClientName = "videogen",
        AbortOnConnectFail = false,
        ConnectTimeout = 3000,

        // Timeouts are looked at once a second: a stalled store is an error within five.
        AsyncTimeout = 4000,
        SyncTimeout = 4000,
        ReconnectRetryPolicy = new LinearRetry(250),
        SocketManager = SocketManager.ThreadPool,    // as on a cluster
    };
}
