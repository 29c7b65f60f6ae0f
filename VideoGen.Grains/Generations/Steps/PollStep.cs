using System.Diagnostics;
using Microsoft.Extensions.Logging;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Ledger;
using VideoGen.Grains.Timing;

namespace VideoGen.Grains.Generations.Steps;

/// <summary>Polls the job's status.</summary>
internal sealed partial class PollStep(GenerationContext context)
{
    private readonly DoubtStep _doubt = new(context);
    private readonly ILogger _log = context.Tools.Log;

    public async Task RunAsync(CancellationToken stop)
    {
        if (await context.FollowAsync() is not { } backend)
        {
            return;
        }

        var outcome = await backend.PollAsync(context.RenderRequest, context.Attempt.Plan, context.Attempt.Job!, stop);
        if (outcome is PollOutcome.Running or PollOutcome.Rendered)
        {
            _doubt.Clear();
        }

        await HandleAsync(backend, outcome, stop);
    }

    private async Task HandleAsync(IVideoBackend backend, PollOutcome outcome, CancellationToken stop)
    {
        switch (outcome)
        {
            case PollOutcome.Running running:
                await ShowAsync(running, stop);
                break;
            case PollOutcome.Rendered rendered:
                await context.WriteAsync(generation => generation.Rendered(rendered.Result, context.Now));
                break;
            case PollOutcome.Failed { Scope: VerdictScope.Order } failed:
                await context.WriteAsync(generation => generation.GaveNothing(failed.Error, context.Now));
                break;
            case PollOutcome.Failed failed:
                await context.WriteAsync(generation => generation.SentBack(failed.Error, context.Now));
                await context.Slot.PauseAsync(backend.Name, failed.Error, failed.Scope, context.Attempt.Plan.Model);
                break;
            case PollOutcome.Lost lost:
                await context.WriteAsync(generation => generation.Interrupted(lost.Error, context.Now));
                break;
            case PollOutcome.Suspect suspect:
                await _doubt.RunAsync(suspect.Error, stop);
                break;
            case PollOutcome.Unavailable unavailable:
                LogUnanswered(context.Id, unavailable.Error.Code, unavailable.Error.ProviderStatus);
                await context.PauseAsync(unavailable.Error, unavailable.RetryAfter, stop);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private async Task ShowAsync(PollOutcome.Running running, CancellationToken stop)
    {
        if (running.Remark is { } remark)
        {
            context.Note(LogKind.Waiting, remark);
        }

        context.View.Show(LiveState.Rendering(running.Progress, running.QueuePosition) with { WaitReason = running.Remark });
        var delay = running.PollAfter ?? Backoff.Delay(
            context.Inconclusive + 1, context.Options.PollInterval, context.Options.MaxPollInterval, null, random: 1);
        await context.Wake.WaitAsync(delay, stop);
        context.Inconclusive++;
    }

    [LoggerMessage(LogLevel.Debug, "Generation {GenerationId}: poll failed: {Code} (HTTP {ProviderStatus})")]
    private partial void LogUnanswered(string generationId, string code, int? providerStatus);
}
