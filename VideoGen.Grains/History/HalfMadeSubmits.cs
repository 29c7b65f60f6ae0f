using Microsoft.Extensions.Logging;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Reminders;

namespace VideoGen.Grains.History;

/// <summary>
/// Cleans up entries of submits that a crash cut off between their writes: the history has them, but there is no such generation.
/// When a page contains one, its reminder is triggered, so that it is gone from the next page; otherwise that would take up to a
/// minute, in which every page would ask for every such generation again.
/// </summary>
internal sealed partial class HalfMadeSubmits(IGrainFactory grains, TimeProvider time, ILogger logger)
{
    /// <summary>A submit in progress is not affected: its caller has timed out by then.</summary>
    private static readonly TimeSpan LongestSubmit = TimeSpan.FromSeconds(15);

    /// <summary>
    /// The generation itself decides, in its own turn: after any submit that is still under way, and never if it was accepted.
    /// </summary>
    public Task ForgetAsync(string owner, IEnumerable<HistoryEntry> unknown) => Task.WhenAll(unknown
        .Where(entry => time.GetUtcNow() - entry.AcceptedAt > LongestSubmit)
        .Select(entry => RemindAsync(owner, entry.GenerationId)));

    private async Task RemindAsync(string owner, string id)
    {
        try
        {
            var generation = grains.GetGrain<IGenerationGrain>(id).AsReference<IRemindable>();
            await generation.ReceiveReminder(GenerationReminder.NameFor(owner), default);
        }
        catch (Exception exception)
        {
            LogLeftToReminder(exception, id);
        }
    }

    [LoggerMessage(LogLevel.Debug,
        "The history entry of generation {GenerationId}, which was never accepted, is left to its reminder")]
    private partial void LogLeftToReminder(Exception exception, string generationId);
}
