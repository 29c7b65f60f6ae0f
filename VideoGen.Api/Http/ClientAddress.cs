using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace VideoGen.Api.Http;

/// <summary>Where a request comes from, and whom a limit on addresses counts it for.</summary>
internal static class ClientAddress
{
    /// <summary>The part of an IPv6 address that a provider gives one customer, who has all that follows.</summary>
    private const int PrefixBytes = 8;

    /// <summary>
    /// Clients share this many counters by a hash that nobody outside can foresee: whoever has millions of addresses makes the server
    /// remember no more than these.
    /// </summary>
    private const int Counters = 4096;

    /// <summary>The address of the client, one of IPv4 as such even where a socket for both kinds took it.</summary>
    public static IPAddress? Of(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address ? Plain(address) : null;

    /// <summary>The counter of the client; null for loopback, and where there is no address at all.</summary>
    public static string? CounterOf(HttpContext context) => Of(context) is { } address && !IPAddress.IsLoopback(address)
        ? CounterOf(address)
        : null;

    internal static string CounterOf(IPAddress address)
    {
        var bytes = Plain(address).GetAddressBytes().AsSpan();
        var hash = new HashCode();    // seeded anew in each process
        hash.AddBytes(address.AddressFamily is AddressFamily.InterNetworkV6 && bytes.Length > PrefixBytes ? bytes[..PrefixBytes] : bytes);
        return ((uint)hash.ToHashCode() % Counters).ToString(CultureInfo.InvariantCulture);
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
