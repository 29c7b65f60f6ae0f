using System.Diagnostics;
using Microsoft.Extensions.Logging;
using VideoGen.Grains.Ports;

namespace VideoGen.Grains.Generations;

/// <summary>From a job at its backend to the finished film.</summary>
internal sealed partial class GenerationGrain
{
    private async Task PollStepAsync(CancellationToken stop)
    {
        if (backends.Find(Attempt.Backend) is not { } backend)
        {
            await WriteAsync(generation => generation.Failed(LedgerErrors.BackendMissing(Attempt), Now));
            return;
        }

        await KeepSlotAsync(backend.Name);
        switch (await backend.PollAsync(Order, Attempt.Plan, Attempt.Job!, stop))
        {
            case PollOutcome.Running running:
                Show(LiveState.Rendering(running.Progress, running.QueuePosition));
                await WaitAsync(running.PollAfter ?? PollDelay(_inconclusive), stop);
                _inconclusive++;
                break;
            case PollOutcome.Rendered rendered:
                await WriteAsync(generation => generation.Rendered(rendered.Result, Now));
                break;
            case PollOutcome.Failed failed:
                await WriteAsync(generation => generation.Failed(failed.Error, Now));
                break;
            case PollOutcome.Lost lost:
                await WriteAsync(generation => generation.Interrupted(lost.Error, Now));
                break;
            case PollOutcome.Suspect suspect:
                await PauseAsync(suspect.Error, null);
                break;
            case PollOutcome.Unavailable unavailable:
                LogUnanswered(Id, unavailable.Error.Code, unavailable.Error.ProviderStatus);
                await PauseAsync(unavailable.Error, unavailable.RetryAfter);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private async Task FetchStepAsync(CancellationToken stop)
    {
        if (backends.Find(Attempt.Backend) is not { } backend)
        {
            await WriteAsync(generation => generation.Failed(LedgerErrors.BackendMissing(Attempt), Now));
            return;
        }

        await KeepSlotAsync(backend.Name);
        Show(LiveState.Downloading);
        switch (await backend.FetchAsync(Order, Attempt.Plan, Attempt.Job!, Attempt.Result!, stop))
        {
            case FetchOutcome.Stored stored:
                await WriteAsync(generation => generation.Stored(stored.Original, Now));
                await GiveSlotBackAsync(backend.Name);
                break;
            case FetchOutcome.Failed failed:
                await WriteAsync(generation => generation.Failed(failed.Error, Now));
                break;
            case FetchOutcome.Suspect suspect:
                await PauseAsync(suspect.Error, null);
                break;
            case FetchOutcome.Blocked blocked:
                await PauseAsync(blocked.Error, null);
                break;
            case FetchOutcome.Unavailable unavailable:
                await PauseAsync(unavailable.Error, unavailable.RetryAfter);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private async Task FinishStepAsync(CancellationToken stop)
    {
        using var span = telemetry.Start("finish", ActivityKind.Internal, Id, Attempt.Number);
        var progress = new LatestProgress();
        var work = new Finishing(media, processor).RunAsync(Order, Attempt.Original!, progress, stop);
        while (!work.IsCompleted)
        {
            Show(LiveState.Finishing(progress.Value));
            await ((Task)work).WaitAsync(TimeSpan.FromSeconds(0.5), time, CancellationToken.None)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        switch (await work)
        {
            case FinishOutcome.Finished finished:
                if (await WriteAsync(generation => generation.Completed(finished.Film, Now)))
                {
                    LogCompleted(Id, _generation.AttemptNumber, finished.Film.Bytes);
                }

                break;
            case FinishOutcome.Failed failed:
                await WriteAsync(generation => generation.Failed(failed.Error, Now));
                break;
            case FinishOutcome.Unavailable unavailable:
                await PauseAsync(unavailable.Error, null);
                break;
            default:
                throw new UnreachableException();
        }
    }

    [LoggerMessage(LogLevel.Debug, "Generation {GenerationId}: no answer to a poll: {Code} (HTTP {ProviderStatus})")]
    private partial void LogUnanswered(string generationId, string code, int? providerStatus);

    [LoggerMessage(LogLevel.Information, "Generation {GenerationId} completed in attempt {Attempt}: {Bytes} bytes")]
    private partial void LogCompleted(string generationId, int attempt, long bytes);
}
