using Microsoft.Extensions.Logging;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Reminders;

namespace VideoGen.Grains.History;

/// <summary>
/// Entries of submits that a crash cut off between their writes: the history has them, and there is no such generation. Each is
/// reminded of itself when a list meets it, so that it is gone from the next one; by itself that would take up to a minute, in
/// which every list would ask for every such generation again.
/// </summary>
internal sealed partial class HalfMadeSubmits(IGrainFactory grains, TimeProvider time, ILogger logger)
{
    /// <summary>A submit in hand is not held up: whoever asks for it has given up by then.</summary>
    private static readonly TimeSpan LongestSubmit = TimeSpan.FromSeconds(15);

    /// <summary>
    /// The generation itself decides, in its turn: behind a submit that is still under way, and never when it was accepted.
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

    [LoggerMessage(LogLevel.Debug, "The entry of generation {GenerationId}, which was never accepted, is left to its reminder")]
    private partial void LogLeftToReminder(Exception exception, string generationId);
}
