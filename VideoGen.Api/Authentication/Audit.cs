using System.Diagnostics;
using System.Diagnostics.Metrics;
using VideoGen.Api.Http;
using VideoGen.Grains.Telemetry;

namespace VideoGen.Api.Authentication;

/// <summary>
/// Records who did what: one log line of the category <c>VideoGen.Audit</c> per action, and a counter by action and outcome.
/// Neither contains a secret. Reads are not recorded.
/// </summary>
internal sealed partial class Audit
{
    private const string None = "-";

    private readonly ILogger _logger;
    private readonly Counter<long> _acts;

    public Audit(ILoggerFactory loggers, IMeterFactory meters)
    {
        _logger = loggers.CreateLogger("VideoGen.Audit");
        _acts = meters.Create(GenerationTelemetry.Name)
            .CreateCounter<long>("videogen.audit.acts", "{act}", "Actions of callers, and rejected keys");
    }

    /// <summary>Records an action on a generation. The id is null if no generation was created.</summary>
    public void Did(HttpContext context, string act, string outcome, string? generationId)
    {
        Count(act, outcome);
        var caller = context.Caller();
        LogAct(
            act, outcome, generationId ?? None, caller.Owner, caller.KeyName ?? None,
            ClientAddress.Of(context)?.ToString() ?? None,
            Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier);
    }

    public void KeyMade(ApiKey key)
    {
        Count("add_key", "done");
        LogKey("add_key", key.Id, key.Owner, key.Name);
    }

    public void KeyRevoked(ApiKey key)
    {
        Count("revoke_key", "done");
        LogKey("revoke_key", key.Id, key.Owner, key.Name);
    }

    /// <summary>Counts only: an attacker who guesses keys must not be able to fill the log.</summary>
    public void KeyRefused() => Count("authenticate", "refused");

    private void Count(string act, string outcome) => _acts.Add(1, new("videogen.act", act), new("videogen.outcome", outcome));

    [LoggerMessage(9001, LogLevel.Information,
        "Audit: {Act} {Outcome}, generation {GenerationId}, owner {Owner}, key {KeyName}, from {ClientAddress}, trace {TraceId}")]
    private partial void LogAct(
        string act, string outcome, string generationId, string owner, string keyName, string clientAddress, string traceId);

    [LoggerMessage(9002, LogLevel.Information, "Audit: {Act} done, key id {KeyId}, owner {Owner}, key {KeyName}")]
    private partial void LogKey(string act, string keyId, string owner, string keyName);
}
