using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace VideoGen.Api.Pipeline;

/// <summary>
/// The socket transport of the web server with a limit. By default it accepts connections until the process has no file handles
/// left, and then everything else fails too, the store first. Connections that are not accepted wait in the queue of the
/// operating system.
/// </summary>
internal sealed class BoundedTransport(IOptions<SocketTransportOptions> options, ILoggerFactory loggers, ConnectionPlaces places)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private readonly SocketTransportFactory _sockets = new(options, loggers);

    public bool CanBind(EndPoint endpoint) => _sockets.CanBind(endpoint);

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new Listener(await _sockets.BindAsync(endpoint, cancellationToken), places);

    private sealed class Listener(IConnectionListener sockets, ConnectionPlaces places) : IConnectionListener
    {
        private readonly CancellationTokenSource _unbound = new();

        public EndPoint EndPoint => sockets.EndPoint;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            ConnectionPlaces.Place place;
            try
            {
                place = await places.EnterAsync(_unbound.Token);
            }
            catch (OperationCanceledException)
            {
                return null;
            }

            try
            {
                if (await sockets.AcceptAsync(cancellationToken) is { } connection)
                {
                    return new PlacedConnection(connection, place);
                }
            }
            catch (SocketException)
            {
                place.Leave();
                throw;
            }

            place.Leave();
            return null;
        }

        public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            await _unbound.CancelAsync();
            await sockets.UnbindAsync(cancellationToken);
        }

        public async ValueTask DisposeAsync()
        {
            await _unbound.CancelAsync();
            await sockets.DisposeAsync();
            _unbound.Dispose();
        }
    }
}
