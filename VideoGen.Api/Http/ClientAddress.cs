using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace VideoGen.Api.Http;

/// <summary>The address of a client, and its rate limit partition.</summary>
internal static class ClientAddress
{
    /// <summary>The part of an IPv6 address that a provider assigns to one customer.</summary>
    private const int PrefixBytes = 8;

    /// <summary>
    /// Addresses share this many partitions by a hash that is unpredictable from outside, so that a client with millions of
    /// addresses cannot fill the memory.
    /// </summary>
    private const int Counters = 4096;

    /// <summary>Returns the address of the client. An IPv4 address on a dual-stack socket is returned as IPv4.</summary>
    public static IPAddress? Of(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address ? Plain(address) : null;

    /// <summary>Returns the partition of the client, or null for loopback and for connections without an address.</summary>
    public static string? CounterOf(HttpContext context) => Of(context) is { } address && !IPAddress.IsLoopback(address)
        ? CounterOf(address)
        : null;

    internal static string CounterOf(IPAddress address)
    {
        var bytes = Plain(address).GetAddressBytes().AsSpan();
        var hash = new HashCode();    // has a random seed per process
        hash.AddBytes(
            address.AddressFamily is AddressFamily.InterNetworkV6 && bytes.Length > PrefixBytes ? bytes[..PrefixBytes] : bytes);
        return ((uint)hash.ToHashCode() % Counters).ToString(CultureInfo.InvariantCulture);
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
