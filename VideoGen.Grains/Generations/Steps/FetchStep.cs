using System.Diagnostics;
using Microsoft.Extensions.Logging;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Ledger;

namespace VideoGen.Grains.Generations.Steps;

/// <summary>Downloads the rendered video into the media store.</summary>
internal sealed partial class FetchStep(GenerationContext context)
{
    private readonly DoubtStep _doubt = new(context);
    private readonly ILogger _log = context.Tools.Log;

    public async Task RunAsync(CancellationToken stop)
    {
        if (await context.FollowAsync() is not { } backend)
        {
            return;
        }

        context.View.Show(LiveState.Downloading);
        var attempt = context.Attempt;
        switch (await backend.FetchAsync(context.RenderRequest, attempt.Plan, attempt.Job!, attempt.Result!, stop))
        {
            case FetchOutcome.Stored stored:
                _doubt.Clear();
                await context.WriteAsync(generation => generation.Stored(stored.Original, context.Now));
                await context.Slot.GiveBackAsync(backend.Name);
                break;
            case FetchOutcome.Failed failed:
                await context.WriteAsync(generation => generation.GaveNothing(failed.Error, context.Now));
                break;
            case FetchOutcome.Suspect suspect:
                await _doubt.RunAsync(suspect.Error, stop);
                break;
            case FetchOutcome.Blocked blocked:
                await BlockAsync(backend, blocked.Error, stop);
                break;
            case FetchOutcome.Unavailable unavailable:
                await context.PauseAsync(unavailable.Error, unavailable.RetryAfter, stop);
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>
    /// Only the operator can allow this result, so the generation waits without a slot. At the deadline it fails with the setting
    /// to change, and a retry continues from here.
    /// </summary>
    private async Task BlockAsync(IVideoBackend backend, GenerationError error, CancellationToken stop)
    {
        LogBlocked(context.Id, error.Code);
        await context.Slot.GiveBackAsync(backend.Name);
        await context.PauseAsync(error, context.Options.MaxRetryDelay / 5, stop);
    }

    [LoggerMessage(LogLevel.Warning, "Generation {GenerationId}: a setting of this server blocks the result: {Code}")]
    private partial void LogBlocked(string generationId, string code);
}
