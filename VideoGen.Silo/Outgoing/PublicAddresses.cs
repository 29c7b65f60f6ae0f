using System.Net;
using System.Net.Sockets;

namespace VideoGen.Silo.Outgoing;

/// <summary>Distinguishes public Internet addresses from those of this machine, its networks and its cloud.</summary>
internal static class PublicAddresses
{
    // IANA special-purpose registries (RFC 6890 and later additions), with multicast and the reserved rest. The last address is
    // formally public, but on Azure it is the host agent (WireServer).
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
            "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
            "224.0.0.0/3", "2001::/23", "2001:db8::/32", "3fff::/20", "168.63.129.16/32",
        }.Select(text => IPNetwork.Parse(text)),
    ];

    private static readonly IPNetwork Public6 = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>Whether the address is public; it must be a plain one.</summary>
    public static bool Contain(IPAddress plain) =>
        (plain.AddressFamily == AddressFamily.InterNetwork || Public6.Contains(plain))
        && !Array.Exists(NotPublic, network => network.Contains(plain));

    /// <summary>
    /// Extracts the IPv4 address embedded in an IPv6 address: ::ffff:10.0.0.1, 2002:0a00:0001::, 64:ff9b::10.0.0.1 (RFC 4291,
    /// 3056, 6052).
    /// </summary>
    public static IPAddress Plain(IPAddress address)
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
