namespace VideoGen.Silo.Backends.Wire;

/// <summary>
/// Logs the warnings that Hugging Face sends to operators: <c>X-HF-Warning: topic; sentence</c>. Each is logged once per process,
/// and at most a hundred in total.
/// </summary>
internal sealed partial class HubWarnings(ILogger<HubWarnings> logger)
{
    public const string Header = "X-HF-Warning";

    private const int Most = 100;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    public void Note(Exchange.Reply reply)
    {
        if (ProviderText.Polish(reply.Header(Header)) is { } warning && IsNew(warning))
        {
            LogWarning(warning);
        }
    }

    private bool IsNew(string warning)
    {
        lock (_gate)
        {
            return _known.Count < Most && _known.Add(warning);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Warning from Hugging Face: {Warning}")]
    private partial void LogWarning(string warning);
}
