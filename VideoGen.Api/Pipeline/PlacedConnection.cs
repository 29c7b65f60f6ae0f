using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace VideoGen.Api.Pipeline;

/// <summary>A connection that holds its slot until its socket is closed. Requests find the slot in its features.</summary>
internal sealed class PlacedConnection : ConnectionContext
{
    private readonly ConnectionContext _socket;
    private readonly ConnectionPlaces.Place _place;

    public PlacedConnection(ConnectionContext socket, ConnectionPlaces.Place place)
    {
        (_socket, _place) = (socket, place);
        socket.Features.Set(place);
    }

    public override IDuplexPipe Transport
    {
        get => _socket.Transport;
        set => _socket.Transport = value;
    }

    public override string ConnectionId
    {
        get => _socket.ConnectionId;
        set => _socket.ConnectionId = value;
    }

    public override IDictionary<object, object?> Items
    {
        get => _socket.Items;
        set => _socket.Items = value;
    }

    public override CancellationToken ConnectionClosed
    {
        get => _socket.ConnectionClosed;
        set => _socket.ConnectionClosed = value;
    }

    public override EndPoint? LocalEndPoint
    {
        get => _socket.LocalEndPoint;
        set => _socket.LocalEndPoint = value;
    }

    public override EndPoint? RemoteEndPoint
    {
        get => _socket.RemoteEndPoint;
        set => _socket.RemoteEndPoint = value;
    }

    public override IFeatureCollection Features => _socket.Features;

    public override void Abort(ConnectionAbortedException abortReason) => _socket.Abort(abortReason);

    public override void Abort() => _socket.Abort();

    public override async ValueTask DisposeAsync()
    {
        try
        {
            await _socket.DisposeAsync();
        }
        finally
        {
            _place.Leave();
            await base.DisposeAsync();
        }
    }
}
