using VideoGen.Grains.Backends;
using VideoGen.Silo.Backends.Settings;

namespace VideoGen.Silo.Hosting;

/// <summary>
/// Asks the operator's own servers once after the start, so that the log says what is wrong with one before a request waits for
/// it. The start does not wait for them: a server that is away comes back by itself.
/// </summary>
internal sealed partial class ServersAtStart(IVideoBackends backends, TimeProvider time, ILogger<ServersAtStart> logger)
    : BackgroundService
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        backends.Models.SelectMany(model => model.Upstreams.Select(upstream => CheckAsync(model, upstream, stoppingToken))));

    private async Task CheckAsync(VideoModel model, string upstream, CancellationToken stoppingToken)
    {
        if (backends.Find(upstream) is not { Traits.Kind: BackendNames.ComfyUi or BackendNames.OpenAiVideos } backend)
        {
            return;
        }

        using var limit = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stoppingToken);
        try
        {
            if ((await backend.DescribeAsync(model.Name, either.Token)).Problem is { } problem)
            {
                LogProblem(model.Id, upstream, problem);
            }
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            LogProblem(model.Id, upstream, "It did not answer in time.");
        }
        catch (OperationCanceledException)
        {
            // The process stops.
        }
    }

    [LoggerMessage(LogLevel.Warning, "Model {Model} cannot be rendered at upstream {Upstream} now: {Problem}")]
    private partial void LogProblem(string model, string upstream, string problem);
}
