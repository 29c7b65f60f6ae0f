using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace VideoGen.Api.EmbeddedStore;

/// <summary>
/// The endpoint of the embedded store: a Unix socket that only this user can reach or, on systems without Unix sockets, loopback
/// with a password that is new at each start.
/// </summary>
internal sealed class StoreAddress : IDisposable
{
    // sun_path holds 104 bytes on macOS and 108 on Linux, including the final zero.
    private const int LongestSocketPath = 100;

    private string? _temporary;

    private StoreAddress(EndPoint endPoint) => EndPoint = endPoint;

    public EndPoint EndPoint { get; }

    public string? SocketPath { get; private init; }

    public string? Password { get; private init; }

    /// <summary>Chooses an address for the store in <paramref name="folder"/>.</summary>
    public static StoreAddress Choose(string folder)
    {
        if (!Socket.OSSupportsUnixDomainSockets)
        {
            return new StoreAddress(FreeLoopbackPort()) { Password = RandomNumberGenerator.GetHexString(32) };
        }

        var path = Path.Combine(folder, "store.sock");
        if (CanListen(path))
        {
            return OnSocket(path);
        }

        // Private by its mode and new at each start, so files of a killed process are never used.
        var temporary = Directory.CreateTempSubdirectory("videogen-").FullName;
        var address = OnSocket(Path.Combine(temporary, "store.sock"));
        address._temporary = temporary;
        return address;
    }

    /// <summary>Removes the socket and its private directory.</summary>
    public void Dispose()
    {
        if (SocketPath is not null)
        {
            File.Delete(SocketPath);
        }

        if (_temporary is not null)
        {
            Directory.Delete(_temporary, recursive: true);
        }
    }

    private static StoreAddress OnSocket(string path) => new(new UnixDomainSocketEndPoint(path)) { SocketPath = path };

    // Network and bucket mounts store files but reject sockets. Only an attempt shows it.
    private static bool CanListen(string path)
    {
        if (Encoding.UTF8.GetByteCount(path) > LongestSocketPath)
        {
            return false;
        }

        File.Delete(path);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
        finally
        {
            socket.Dispose();
            File.Delete(path);
        }
    }

    private static IPEndPoint FreeLoopbackPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return (IPEndPoint)listener.LocalEndpoint;
    }
}
