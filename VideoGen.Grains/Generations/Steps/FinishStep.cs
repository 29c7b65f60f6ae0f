using System.Diagnostics;
using Microsoft.Extensions.Logging;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Ledger;

namespace VideoGen.Grains.Generations.Steps;

/// <summary>Converts the stored original to the requested shape and makes the poster.</summary>
internal sealed partial class FinishStep(GenerationContext context)
{
    private static readonly TimeSpan ShowInterval = TimeSpan.FromSeconds(0.5);

    private readonly DoubtStep _doubt = new(context);
    private readonly ILogger _log = context.Tools.Log;

    public async Task RunAsync(CancellationToken stop)
    {
        var tools = context.Tools;
        using var span = tools.Telemetry.Traces.Start("finish", ActivityKind.Internal, context.Id, context.Attempt.Number);
        var progress = new LatestProgress();
        var work = new VideoFinisher(tools.Media, tools.Processor)
            .RunAsync(context.RenderRequest, context.Attempt.Original!, progress, stop);
        while (!work.IsCompleted)
        {
            context.View.Show(LiveState.Finishing(progress.Value));
            await ((Task)work).WaitAsync(ShowInterval, tools.Time, CancellationToken.None)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        await HandleAsync(await work, stop);
    }

    private async Task HandleAsync(FinishOutcome outcome, CancellationToken stop)
    {
        switch (outcome)
        {
            case FinishOutcome.Finished finished:
                if (await context.WriteAsync(generation => generation.Completed(finished.Video, context.Now)))
                {
                    LogCompleted(context.Id, context.Generation.AttemptNumber, finished.Video.Bytes);
                }

                break;
            case FinishOutcome.Damaged damaged when context.Attempt.RepeatCostsMoney:
                // The download may have been truncated: the result is downloaded again before it counts as damaged.
                await _doubt.RunAsync(damaged.Error, stop, again: generation => generation.Discarded(damaged.Error, context.Now));
                break;
            case FinishOutcome.Damaged damaged:
                await context.WriteAsync(generation => generation.Failed(damaged.Error, context.Now));
                break;
            case FinishOutcome.Failed { Error.Code: GenerationErrorCode.ResultUnusable } unusable:
                await context.WriteAsync(generation => generation.GaveNothing(unusable.Error, context.Now));
                break;
            case FinishOutcome.Failed failed:
                await context.WriteAsync(generation => generation.Failed(failed.Error, context.Now));
                break;
            case FinishOutcome.Unavailable unavailable:
                await context.PauseAsync(unavailable.Error, null, stop);
                break;
            default:
                throw new UnreachableException();
        }
    }

    [LoggerMessage(LogLevel.Information, "Generation {GenerationId} completed in attempt {Attempt}: {Bytes} bytes")]
    private partial void LogCompleted(string generationId, int attempt, long bytes);
}
