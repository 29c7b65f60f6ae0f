namespace VideoGen.Silo.Membership;

/// <summary>Exit codes of a silo that ends by itself; zero is a requested stop, and one a failed start.</summary>
internal static class ExitCode
{
    /// <summary>The membership table is gone or no longer lists this silo, although Redis itself responds.</summary>
    public const int MembershipLost = 3;

    /// <summary>The other silos declared this one dead, or a fatal error occurred inside Orleans.</summary>
    public const int DeclaredDead = 4;
}
