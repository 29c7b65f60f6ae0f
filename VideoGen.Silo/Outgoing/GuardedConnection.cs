using System.Net;
using System.Net.Sockets;

namespace VideoGen.Silo.Outgoing;

/// <summary>
/// Resolves a host and connects to a checked address in one step, so that a name that resolves differently the second time cannot
/// bypass the check.
/// </summary>
internal static class GuardedConnection
{
    /// <exception cref="OutgoingRefusedException">None of the host's addresses is allowed.</exception>
    public static async ValueTask<Stream> OpenAsync(DnsEndPoint host, OutgoingRules rules, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(host.Host, cancellationToken);
        var allowed = Array.FindAll(addresses, address => rules.Allows(host.Host, address));
        if (allowed.Length == 0)
        {
            throw new OutgoingRefusedException(OutgoingRefusal.NotPublic);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, host.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
