namespace VideoGen.Silo.Outgoing;

/// <summary>Why an external address is not called.</summary>
internal enum OutgoingRefusal
{
    /// <summary>It is not an https URL.</summary>
    NotHttps,

    /// <summary>It contains a user name or a password.</summary>
    HasUser,

    /// <summary>Its port belongs to a service other than the web.</summary>
    Port,

    /// <summary>All addresses of its host are private, local, or otherwise not on the public Internet.</summary>
    NotPublic,

    /// <summary>It redirects too often.</summary>
    Circle,
}

/// <summary>
/// Thrown before a byte was sent to an address that is not allowed. The message never contains the URL, which may be signed.
/// </summary>
internal sealed class OutgoingRefusedException(OutgoingRefusal refusal) : HttpRequestException($"Not called: {refusal}.")
{
    public OutgoingRefusal Refusal => refusal;
}
