namespace VideoGen.ServiceDefaults;

/// <summary>The process cannot start; the message is one sentence for the operator that says what to change.</summary>
public sealed class StartupException(string message, Exception? inner = null) : Exception(message, inner);
