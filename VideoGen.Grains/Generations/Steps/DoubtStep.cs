using Microsoft.Extensions.Logging;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Ledger;

namespace VideoGen.Grains.Generations.Steps;

/// <summary>
/// Handles an answer that would end a paid attempt: the provider is asked again over minutes before the answer is believed.
/// Another attempt, or an answer to the contrary, resets the count.
/// </summary>
internal sealed partial class DoubtStep(GenerationContext context)
{
    private readonly Suspicion _suspicion = new(context.Tools.Time, context.Options);
    private readonly ILogger _log = context.Tools.Log;
    private int _attempt;

    public void Clear() => _suspicion.Clear();

    /// <summary>Counts one such answer; <paramref name="again"/> is written before the provider is asked again.</summary>
    public async Task RunAsync(GenerationError error, CancellationToken stop, Func<Generation, Generation>? again = null)
    {
        if (context.Generation.IsCanceling)
        {
            return;    // the provider is being asked to stop the job, and its answer decides
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
        "Generation {GenerationId}, attempt {Attempt}: {Code} (HTTP {ProviderStatus}) is not believed yet; asking again")]
    private partial void LogSuspect(string generationId, int attempt, string code, int? providerStatus);
}
