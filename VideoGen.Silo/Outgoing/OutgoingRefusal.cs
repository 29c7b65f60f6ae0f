namespace VideoGen.Silo.Outgoing;

/// <summary>Why an address that others named is not called.</summary>
internal enum OutgoingRefusal
{
    /// <summary>It is no https URL.</summary>
    NotHttps,

    /// <summary>It carries a user or a password.</summary>
    HasUser,

    /// <summary>Its port belongs to another service than the web.</summary>
    Port,

    /// <summary>All addresses of its host are private, of this machine, or otherwise not of the Internet.</summary>
    NotPublic,

    /// <summary>It redirects more often than is followed.</summary>
    Circle,
}

/// <summary>Thrown before a byte was sent to an address that must not be called. It never tells the URL, which may be signed.</summary>
internal sealed class OutgoingRefusedException(OutgoingRefusal refusal) : HttpRequestException($"Not called: {refusal}.")
{
    public OutgoingRefusal Refusal => refusal;
}
