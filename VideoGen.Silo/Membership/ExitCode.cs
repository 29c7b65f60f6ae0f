namespace VideoGen.Silo.Membership;

/// <summary>Why a silo ended by itself; zero is an end that was asked for, and one a failed start.</summary>
internal static class ExitCode
{
    /// <summary>The membership table is gone or no longer lists this silo, while Redis itself answers.</summary>
    public const int MembershipLost = 3;

    /// <summary>The other silos declared this one dead, or something fatal happened inside Orleans.</summary>
    public const int DeclaredDead = 4;
}
