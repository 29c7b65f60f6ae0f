using System.Net;

namespace VideoGen.Silo.Outgoing;

/// <summary>Hosts and networks that the operator allows although they are not public.</summary>
internal sealed class AllowList(IReadOnlyList<string> entries)
{
    private readonly IPNetwork[] _networks = [.. entries.Select(Network).OfType<IPNetwork>()];
    private readonly HashSet<string> _hosts =
        new(entries.Where(entry => Network(entry) is null), StringComparer.OrdinalIgnoreCase);

    public static bool IsEntry(string entry) => Network(entry) is not null || Uri.CheckHostName(entry) is UriHostNameType.Dns;

    /// <summary>Whether the host's name or address is on the list; no name is resolved.</summary>
    public bool Has(Uri url) => _hosts.Contains(url.IdnHost)
        || (IPAddress.TryParse(url.IdnHost, out var address) ? Has(PublicAddresses.Plain(address))
            : url.IsLoopback && Has(IPAddress.Loopback));

    public bool Has(string host, IPAddress plain) => _hosts.Contains(host) || Has(plain);

    private bool Has(IPAddress plain) => Array.Exists(_networks, network => network.Contains(plain));

    private static IPNetwork? Network(string entry) =>
        IPNetwork.TryParse(entry, out var network) ? network
        : IPAddress.TryParse(entry, out var address) ? new IPNetwork(address, 8 * address.GetAddressBytes().Length)
        : null;
}
