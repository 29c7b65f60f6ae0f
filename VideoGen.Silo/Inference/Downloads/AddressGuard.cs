using System.Net;
using System.Net.Sockets;

namespace VideoGen.Silo.Inference.Downloads;

/// <summary>
/// Keeps URLs that others name away from our own networks. The check is made on the address that is connected to, not on the
/// name: a name can answer differently the second time.
/// </summary>
internal static class AddressGuard
{
    // IANA special-purpose registries (RFC 6890 and what was added since), with multicast and the reserved rest.
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
            "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
            "224.0.0.0/3", "2001::/23", "2001:db8::/32", "3fff::/20",
        }.Select(text => IPNetwork.Parse(text)),
    ];

    private static readonly IPNetwork Public6 = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    public static bool Allows(IPAddress address, bool allowLoopback)
    {
        var plain = Unwrap(address);
        return (allowLoopback && IPAddress.IsLoopback(plain)) || IsPublic(plain);
    }

    /// <summary>Connects to an address of the host that is allowed, or throws <see cref="ForbiddenAddressException"/>.</summary>
    public static async ValueTask<Stream> ConnectAsync(DnsEndPoint host, bool allowLoopback, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(host.Host, cancellationToken);
        var allowed = Array.FindAll(addresses, address => Allows(address, allowLoopback));
        if (allowed.Length == 0)
        {
            throw new ForbiddenAddressException();
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

    private static bool IsPublic(IPAddress address) =>
        (address.AddressFamily == AddressFamily.InterNetwork || Public6.Contains(address))
        && !Array.Exists(NotPublic, network => network.Contains(address));

    // IPv4 in the clothes of IPv6: ::ffff:10.0.0.1, 2002:0a00:0001::, 64:ff9b::10.0.0.1 (RFC 4291, 3056, 6052).
    private static IPAddress Unwrap(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        var bytes = address.GetAddressBytes();
        return SixToFour.Contains(address) ? new IPAddress(bytes.AsSpan(2, 4))
            : Nat64.Contains(address) ? new IPAddress(bytes.AsSpan(12, 4))
            : address;
    }
}

/// <summary>A host has only addresses of private networks.</summary>
internal sealed class ForbiddenAddressException() : IOException("The host has no public address.");
