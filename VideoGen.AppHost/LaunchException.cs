namespace VideoGen.AppHost;

/// <summary>The cluster cannot start; the message says in one sentence what to change.</summary>
internal sealed class LaunchException(string message, Exception? inner = null) : Exception(message, inner);
