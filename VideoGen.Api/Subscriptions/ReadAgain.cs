using VideoGen.Api.Http;
using VideoGen.Grains.Calls;
using VideoGen.Grains.Contracts;

namespace VideoGen.Api.Subscriptions;

/// <summary>
/// Reads generations with subscriptions again when they are due, so that no lost change stays lost. A read also wakes a
/// generation whose silo has died.
/// </summary>
internal sealed partial class ReadAgain(SubscriptionHub hub, IGrainFactory grains, TimeProvider time, ILogger<ReadAgain> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.25);

    /// <summary>A silo that has just died does not respond. Its generations must not delay the others.</summary>
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(3);

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
            var generation = await grains.Grain<IGenerationGrain>(id).GetAsync()
                .WaitAsync(ReadTimeout, time, cancellationToken);
            hub.Found(topic, generation);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // An exception here must not end the process, as one that escapes a background service does.
            LogUnread(FailureOf.Classify(exception) is Failure.Unavailable ? LogLevel.Debug : LogLevel.Error, exception, id);
        }
    }

    [LoggerMessage("Cannot read generation {GenerationId}, which has subscribers; retrying soon")]
    private partial void LogUnread(LogLevel level, Exception exception, string generationId);
}
