using Microsoft.Extensions.Logging;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Ledger;

namespace VideoGen.Grains.Generations.Steps;

/// <summary>
/// Lets another model make the video, if the operator has named one, when the upstream of a model accepts nothing at the moment
/// and the request was certainly not accepted there.
/// </summary>
internal sealed partial class Fallback(GenerationContext context)
{
    private readonly ILogger _log = context.Tools.Log;

    /// <summary>False when there is no other model.</summary>
    public async Task<bool> TryAsync(VideoModel model, GenerationError error)
    {
        if (context.Tools.Backends.After(model, context.Generation, error.Code) is not { } next)
        {
            return false;
        }

        if (await context.WriteAsync(generation => generation.FellBack(next, error, context.Now)))
        {
            LogFellBack(context.Id, model.Id, error.Code, next.Id);
        }

        await context.Slot.GiveBackAsync(model, except: next.Upstreams);

        return true;
    }

    [LoggerMessage(LogLevel.Warning, "Generation {GenerationId}: model {Model} is unavailable ({Code}); trying {Next}")]
    private partial void LogFellBack(string generationId, string model, string code, string next);
}
