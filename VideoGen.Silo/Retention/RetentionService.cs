using Microsoft.Extensions.Options;
using VideoGen.Grains.Retention;
using VideoGen.Grains.Telemetry;
using VideoGen.Silo.Membership;

namespace VideoGen.Silo.Retention;

/// <summary>Runs the retention rounds on one silo of the cluster.</summary>
internal sealed partial class RetentionService(
    VideoRound videos, JoinedVideoRound films, UploadRound uploads, GenerationTelemetry telemetry, LeadingSilo leader,
    IOptions<RetentionOptions> options, TimeProvider time, ILogger<RetentionService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (!leader.IsThisOne)
            {
                telemetry.KeptElsewhere();
                continue;
            }

            await RunAsync(videos.RunAsync, options.Value.LimitsVideos, stoppingToken);
            await RunAsync(films.RunAsync, options.Value.LimitsVideos, stoppingToken);
            await RunAsync(uploads.RunAsync, options.Value.UploadGrace is not null, stoppingToken);
        }
    }

    /// <summary>A round that fails (a silo dies, the store is unavailable) is over; the next round starts again.</summary>
    private async Task RunAsync(Func<CancellationToken, Task> round, bool isWanted, CancellationToken stopping)
    {
        try
        {
            if (isWanted)
            {
                await round(stopping);
            }
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            LogBrokenOff(exception);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A retention round failed; the next round continues its work")]
    private partial void LogBrokenOff(Exception exception);
}
