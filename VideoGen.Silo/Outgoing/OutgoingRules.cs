using System.Net;

namespace VideoGen.Silo.Outgoing;

/// <summary>
/// Which addresses that others named may be called: public ones over https, and what the operator allows. Pure: what a name leads
/// to is asked by <see cref="GuardedConnection"/>, when it connects.
/// </summary>
internal sealed class OutgoingRules(IReadOnlyList<string> allow)
{
    /// <summary>This machine, for tests and demonstrations.</summary>
    public static readonly string[] Loopback = ["127.0.0.0/8", "::1"];

    // Below this are mail, shells, files and directories: no film and no webhook, but much to be done with a line of HTTP.
    private const int FirstFreePort = 1024;

    private readonly AllowList _allowed = new(allow);

    /// <summary>Null when the URL may be called, as far as it can be told without looking its host up.</summary>
    public OutgoingRefusal? Refuse(Uri? url) => url switch
    {
        null or { IsAbsoluteUri: false } => OutgoingRefusal.NotHttps,
        { UserInfo.Length: > 0 } => OutgoingRefusal.HasUser,
        { Scheme: "http" or "https" } when _allowed.Has(url) => null,
        { Scheme: not "https" } => OutgoingRefusal.NotHttps,
        { IsDefaultPort: false, Port: < FirstFreePort } => OutgoingRefusal.Port,
        _ => null,
    };

    /// <summary>Whether a connection to this address of the host may be made.</summary>
    public bool Allows(string host, IPAddress address) =>
        PublicAddresses.Plain(address) is var plain && (PublicAddresses.Contain(plain) || _allowed.Has(host, plain));
}
