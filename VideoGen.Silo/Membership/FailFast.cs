namespace VideoGen.Silo.Membership;

/// <summary>
/// What a silo does when it learns that it was declared dead, or that its cluster is gone: others own its generations by now, so
/// that it must not do one thing more. Orleans itself would go on for two seconds and then abort with a dump, and an orderly stop
/// would try for a minute to write into a table that is not there.
/// </summary>
internal sealed class FailFast : IFatalErrorHandler
{
    /// <summary>Said of a silo that others gave up, because it hung for too long.</summary>
    public const string Dead = "the membership table says that it is dead, and others have its work.";

    /// <summary>Said of a silo whose cluster is gone.</summary>
    public const string Lost = "the membership table no longer lists it, though Redis answers: the data of Redis was lost. "
        + "A new start joins whatever cluster there is now.";

    public bool IsUnexpected(Exception exception) => true;

    public void OnFatalException(object? sender, string? context, Exception? exception)
    {
        // Not to the logger: its queue would be lost with the process.
        Console.Error.WriteLine($"This silo leaves at once: {context} {exception}".TrimEnd());
        Environment.Exit(context is Lost ? ExitCode.MembershipLost : ExitCode.DeclaredDead);
    }
}
