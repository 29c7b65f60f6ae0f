using System.Net;

namespace VideoGen.Silo.Outgoing;

/// <summary>
/// Decides which external addresses may be called: public ones over https, and those that the operator allows. Pure: <see
/// cref="GuardedConnection"/> resolves names when it connects.
/// </summary>
internal sealed class OutgoingRules(IReadOnlyList<string> allow)
{
    /// <summary>Loopback addresses, for tests and demonstrations.</summary>
    public static readonly string[] Loopback = ["127.0.0.0/8", "::1"];

    // Ports below this one belong to mail, shells, files and directories: they serve no videos or webhooks, but a line of HTTP
    // can do harm there.
    private const int FirstFreePort = 1024;

    private readonly AllowList _allowed = new(allow);

    /// <summary>Null when the URL is allowed, as far as can be told without resolving its host.</summary>
    public OutgoingRefusal? Refuse(Uri? url) => url switch
    {
        null or { IsAbsoluteUri: false } => OutgoingRefusal.NotHttps,
        { UserInfo.Length: > 0 } => OutgoingRefusal.HasUser,
        { Scheme: "http" or "https" } when _allowed.Has(url) => null,
        { Scheme: not "https" } => OutgoingRefusal.NotHttps,
        { IsDefaultPort: false, Port: < FirstFreePort } => OutgoingRefusal.Port,
        _ => null,
    };

    /// <summary>Whether connecting to this address of the host is allowed.</summary>
    public bool Allows(string host, IPAddress address) =>
        PublicAddresses.Plain(address) is var plain && (PublicAddresses.Contain(plain) || _allowed.Has(host, plain));
}
