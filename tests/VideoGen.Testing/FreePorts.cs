using System.Net;
using System.Net.Sockets;

namespace VideoGen.Testing;

/// <summary>Ports of the loopback interface for processes that are started soon.</summary>
public static class FreePorts
{
    /// <summary>
    /// Below the ports that Linux gives to outgoing connections (32768 and above, <c>ip_local_port_range</c>), so that none of
    /// these takes one before the process does that it is meant for.
    /// </summary>
    private const int First = 10_000, End = 32_000;

    /// <summary>
    /// Each port is held as a UDP port until this process ends: the program that it is meant for listens with TCP, and no other
    /// test program is given the same port.
    /// </summary>
    private static readonly List<Socket> Held = [];

    /// <summary>Returns a port that nobody listens on, and that was not returned before.</summary>
    public static int Take()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, End);
            var hold = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                hold.Bind(new IPEndPoint(IPAddress.Loopback, port));
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.AddressAlreadyInUse)
            {
                hold.Dispose();
                continue;
            }

            lock (Held)
            {
                Held.Add(hold);
            }

            return port;
        }
    }
}
