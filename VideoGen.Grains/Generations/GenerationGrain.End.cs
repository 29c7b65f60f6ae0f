using Microsoft.Extensions.Logging;
using Orleans.Storage;
using VideoGen.Grains.Ports;

namespace VideoGen.Grains.Generations;

/// <summary>How a generation ends, and what it gives back then.</summary>
internal sealed partial class GenerationGrain
{
    private async Task FailOverdueAsync(CancellationToken stop)
    {
        var isStopped = false;
        if (_generation is { NextStep: LedgerStep.Poll } && backends.Find(Attempt.Backend) is { } backend)
        {
            var outcome = await backend.CancelAsync(Order, Attempt.Plan, Attempt.Job!, stop);
            LogOverdue(Id, outcome);
            isStopped = outcome is CancelOutcome.Confirmed;
        }

        var error = LedgerErrors.DeadlineExceeded(_generation, Options.Deadline);
        await WriteAsync(generation => generation.Overdue(error, isStopped, Now));
    }

    /// <summary>Frees what a finished generation no longer needs. What fails here is done by the next reminder tick.</summary>
    private async Task EndAsync()
    {
        if (_generation.Error is { } error)
        {
            LogFailed(Id, error.Code, error.Provider, error.ProviderStatus, error.RequestId);
        }
        else if (_generation.Cancellation is { Confirmed: { } isConfirmed })
        {
            LogCanceled(Id, _generation.AttemptNumber, isConfirmed);
        }

        try
        {
            string[] backendsInvolved = [_generation.Attempt?.Backend ?? backends.Current.Name, backends.Current.Name];
            foreach (var backend in backendsInvolved.Distinct())
            {
                await GiveSlotBackAsync(backend);    // it may have waited for another one than it was last made with
            }

            await AnnounceAsync();
            foreach (var name in GenerationFiles.Obsolete(Id, _generation, Options.KeepOriginal))
            {
                await media.DeleteAsync(MediaKind.Original, name, CancellationToken.None);
            }

            await UnregisterReminderAsync(ReminderPrefix + _generation.Request!.Owner);
        }
        catch (InconsistentStateException)
        {
            LogSuperseded(Id);
            DeactivateOnIdle();
        }
        catch (Exception exception)
        {
            LogLeftToReminder(exception, Id);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Generation {GenerationId} failed: {Code} ({Provider}, HTTP {ProviderStatus}, request {RequestId})")]
    private partial void LogFailed(string generationId, string code, string? provider, int? providerStatus, string? requestId);

    [LoggerMessage(LogLevel.Information, "Generation {GenerationId} is canceled in attempt {Attempt}, confirmed: {IsConfirmed}")]
    private partial void LogCanceled(string generationId, int attempt, bool isConfirmed);

    [LoggerMessage(LogLevel.Warning, "Generation {GenerationId} is overdue; cancel at the backend: {Outcome}")]
    private partial void LogOverdue(string generationId, CancelOutcome outcome);

    [LoggerMessage(LogLevel.Warning, "Generation {GenerationId} is finished; its next reminder tick clears up")]
    private partial void LogLeftToReminder(Exception exception, string generationId);
}
