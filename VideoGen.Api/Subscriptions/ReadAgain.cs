using VideoGen.Api.Http;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Api.Subscriptions;

/// <summary>
/// Reads what is watched again when it is due, so that no change that was lost stays lost. A read also wakes a generation whose
/// silo has died.
/// </summary>
internal sealed partial class ReadAgain(SubscriptionHub hub, IGrainFactory grains, TimeProvider time, ILogger<ReadAgain> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.25);

    /// <summary>A silo that just died answers nothing; its generations must not hold up the others.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await Parallel.ForEachAsync(
                hub.TakeDue(),
                new ParallelOptions { MaxDegreeOfParallelism = 256, CancellationToken = stoppingToken },
                async (topic, cancellationToken) => await ReadAsync(topic, cancellationToken));
        }
    }

    private async Task ReadAsync(Topic topic, CancellationToken cancellationToken)
    {
        var id = topic.GenerationId!;
        try
        {
            hub.Found(topic, await grains.GetGrain<IGenerationGrain>(id).GetAsync().WaitAsync(Patience, time, cancellationToken));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // A defect met here must not end the process, as what escapes a background service does.
            LogUnread(FailureOf.Classify(exception) is Failure.Unavailable ? LogLevel.Debug : LogLevel.Error, exception, id);
        }
    }

    [LoggerMessage("Generation {GenerationId} is watched and could not be read; it is read again soon")]
    private partial void LogUnread(LogLevel level, Exception exception, string generationId);
}
