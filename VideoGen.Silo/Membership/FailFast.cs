namespace VideoGen.Silo.Membership;

/// <summary>
/// Ends the process at once when a silo learns that it was declared dead or that its cluster is gone: other silos own its
/// generations by now, so it must not do anything else. Orleans itself would continue for two seconds and then abort with a dump,
/// and a graceful stop would spend a minute trying to write to a table that no longer exists.
/// </summary>
internal sealed class FailFast : IFatalErrorHandler
{
    /// <summary>The reason for a silo that the others declared dead because it hung for too long.</summary>
    public const string Dead = "the membership table lists it as dead, and other silos have taken over its work.";

    /// <summary>The reason for a silo whose cluster is gone.</summary>
    public const string Lost = "the membership table no longer lists it although Redis responds: Redis has lost its data. "
        + "Restart the silo to join the current cluster.";

    public bool IsUnexpected(Exception exception) => true;

    public void OnFatalException(object? sender, string? context, Exception? exception)
    {
        // Not through the logger: its queue would be lost with the process.
        Console.Error.WriteLine($"This silo exits now: {context} {exception}".TrimEnd());
        Environment.Exit(context is Lost ? ExitCode.MembershipLost : ExitCode.DeclaredDead);
    }
}
