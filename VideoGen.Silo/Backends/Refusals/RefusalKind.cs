using VideoGen.Grains.Backends;

namespace VideoGen.Silo.Backends.Refusals;

/// <summary>What a refusal is about.</summary>
internal enum RefusalKind
{
    /// <summary>The token is not accepted.</summary>
    Token,

    /// <summary>The provider itself says that the token may not make this call.</summary>
    Permission,

    /// <summary>The account has no credit.</summary>
    Credit,

    /// <summary>Too many requests.</summary>
    Rate,

    /// <summary>The model is not served.</summary>
    Model,

    /// <summary>A safety system refused the picture or the script.</summary>
    Content,

    /// <summary>The picture is too large.</summary>
    TooLarge,

    /// <summary>The picture, the script or a parameter is not accepted.</summary>
    Input,

    /// <summary>The provider canceled the request.</summary>
    Canceled,

    /// <summary>A firewall or a gateway in front of the provider refused the call.</summary>
    Gateway,

    /// <summary>Overloaded, starting up or unavailable.</summary>
    Away,

    /// <summary>A refusal that may be about the request and gives no reason, such as a gateway's HTML page.</summary>
    Unexplained,

    /// <summary>A refusal that no request can cause, such as a redirect.</summary>
    Other,
}

/// <summary>Maps a refusal kind to its consequences.</summary>
internal static class RefusalKinds
{
    public static VerdictScope Scope(this RefusalKind kind) => kind switch
    {
        RefusalKind.Content or RefusalKind.TooLarge or RefusalKind.Input or RefusalKind.Canceled or RefusalKind.Unexplained =>
            VerdictScope.Order,
        RefusalKind.Model => VerdictScope.Model,
        _ => VerdictScope.Upstream,
    };

    /// <summary>Whether the condition may clear without any action.</summary>
    public static bool MayPass(this RefusalKind kind) =>
        kind is RefusalKind.Rate or RefusalKind.Gateway or RefusalKind.Away or RefusalKind.Unexplained;
}
