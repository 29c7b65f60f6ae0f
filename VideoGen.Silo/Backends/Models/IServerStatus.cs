namespace VideoGen.Silo.Backends.Models;

/// <summary>A backend with a server that says what it runs.</summary>
internal interface IServerStatus
{
    /// <summary>Asks the server, or repeats an answer of the last seconds.</summary>
    Task<ServerStatus> GetServerStatusAsync(CancellationToken cancellationToken);
}

/// <summary>
/// The software of a server, with its version if it says one, what that version lacks, and why it cannot be used now: sentences
/// for the operator without secrets.
/// </summary>
internal sealed record ServerStatus(string? Software, string? Lacks = null, string? Problem = null);
