using Microsoft.Extensions.Logging;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Ledger;

namespace VideoGen.Grains.Generations.Steps;

/// <summary>
/// What follows an answer that would end a paid attempt: it is asked again over minutes, and only then believed. Another attempt,
/// or an answer that says otherwise, begins anew.
/// </summary>
internal sealed partial class DoubtStep(GenerationContext context)
{
    private readonly Suspicion _suspicion = new(context.Tools.Time, context.Options);
    private readonly ILogger _log = context.Tools.Log;
    private int _attempt;

    public void Clear() => _suspicion.Clear();

    /// <summary>Counts one such answer; <paramref name="again"/> is what has to be written before it is asked again.</summary>
    public async Task RunAsync(GenerationError error, CancellationToken stop, Func<Generation, Generation>? again = null)
    {
        if (context.Generation.IsCanceling)
        {
            return;    // the provider is asked to stop the job, and what it answers decides
        }

        if (_attempt != context.Attempt.Number)
        {
            _attempt = context.Attempt.Number;
            _suspicion.Clear();
        }

        _suspicion.Add();
        if (_suspicion.IsBelieved)
        {
            await context.WriteAsync(generation => generation.GaveNothing(error, context.Now));
            return;
        }

        LogSuspect(context.Id, _attempt, error.Code, error.ProviderStatus);
        if (again is not null)
        {
            await context.WriteAsync(again);
        }

        await context.PauseForAsync(LedgerErrors.Doubted(error), _suspicion.Delay, stop);
    }

    [LoggerMessage(LogLevel.Warning,
        "Generation {GenerationId}, attempt {Attempt}: {Code} (HTTP {ProviderStatus}) is not believed yet; it is asked again")]
    private partial void LogSuspect(string generationId, int attempt, string code, int? providerStatus);
}
