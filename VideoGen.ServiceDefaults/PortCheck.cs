using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace VideoGen.ServiceDefaults;

internal static class PortCheck
{
    /// <summary>
    /// Fails at once when another program listens already. The web server would find out last, and store and silo would have to
    /// be torn down again with much noise.
    /// </summary>
    public static void Run(IConfiguration settings)
    {
        foreach (var url in (settings[WebHostDefaults.ServerUrlsKey] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var address = BindingAddress.Parse(url);
            if (!address.IsUnixPipe && !address.IsNamedPipe && address.Port != 0 && IsTaken(EndPointOf(address)))
            {
                throw new StartupException(
                    $"Port {address.Port} is taken by another program. Stop it, or set PORT to a free one.");
            }
        }
    }

    private static IPEndPoint EndPointOf(BindingAddress address) => new(
        IPAddress.TryParse(address.Host, out var ip) ? ip
            : address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback
            : Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any,
        address.Port);

    private static bool IsTaken(IPEndPoint endPoint)
    {
        using var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (endPoint.Address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            socket.Bind(endPoint);
            return false;
        }
        catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return true;
        }
    }
}
