using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Backends.HuggingFace.Router;

/// <summary>
/// What Hugging Face has to say to operators of its clients: <c>X-HF-Warning: topic; sentence</c>. Each is logged once in the life
/// of the process, and no more than a hundred.
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

    [LoggerMessage(LogLevel.Warning, "Hugging Face warns: {Warning}")]
    private partial void LogWarning(string warning);
}
