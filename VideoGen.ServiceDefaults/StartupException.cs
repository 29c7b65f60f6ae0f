namespace VideoGen.ServiceDefaults;

/// <summary>The process cannot start; the message tells the operator in one sentence what to change.</summary>
public sealed class StartupException(string message, Exception? inner = null) : Exception(message, inner);
