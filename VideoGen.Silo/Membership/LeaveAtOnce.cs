namespace VideoGen.Silo.Membership;

/// <summary>
/// What a silo does when it learns that it was declared dead: others own its generations by now, so that it must not do one thing
/// more. Orleans itself would go on for two seconds and then abort with a dump.
/// </summary>
internal sealed class LeaveAtOnce : IFatalErrorHandler
{
    public bool IsUnexpected(Exception exception) => true;

    public void OnFatalException(object? sender, string? context, Exception? exception)
    {
        // Not to the logger: its queue would be lost with the process.
        Console.Error.WriteLine($"This silo leaves at once: {context} {exception}");
        Environment.Exit(ExitCode.DeclaredDead);
    }
}
