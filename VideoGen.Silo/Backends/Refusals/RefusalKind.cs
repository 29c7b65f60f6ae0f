using VideoGen.Grains.Backends;

namespace VideoGen.Silo.Backends.Refusals;

/// <summary>What an answer that says no is about.</summary>
internal enum RefusalKind
{
    /// <summary>The token is not accepted.</summary>
    Token,

    /// <summary>The token may not make this call, as the provider itself says.</summary>
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

    /// <summary>A firewall or a gateway before the provider refused the call.</summary>
    Gateway,

    /// <summary>Overloaded, warming up or out of order.</summary>
    Away,

    /// <summary>A refusal that may be about the order and does not say why, such as the page of a gateway.</summary>
    Unexplained,

    /// <summary>A refusal that no order has a part in, such as a redirect.</summary>
    Other,
}

/// <summary>What follows from a kind of refusal.</summary>
internal static class RefusalKinds
{
    public static VerdictScope Scope(this RefusalKind kind) => kind switch
    {
        RefusalKind.Content or RefusalKind.TooLarge or RefusalKind.Input or RefusalKind.Canceled or RefusalKind.Unexplained =>
            VerdictScope.Order,
        RefusalKind.Model => VerdictScope.Model,
        _ => VerdictScope.Upstream,
    };

    /// <summary>Whether it may pass without anybody doing anything.</summary>
    public static bool MayPass(this RefusalKind kind) =>
        kind is RefusalKind.Rate or RefusalKind.Gateway or RefusalKind.Away or RefusalKind.Unexplained;
}
