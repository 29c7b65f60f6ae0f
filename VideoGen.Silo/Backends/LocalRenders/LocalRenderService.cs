using VideoGen.Grains.Backends;
using VideoGen.Silo.Inference.LocalRenders;

namespace VideoGen.Silo.Backends.LocalRenders;

/// <summary>Exposes the runner of this silo to the other silos.</summary>
internal sealed class LocalRenderService(
    GrainId id, global::Orleans.Runtime.Silo silo, ILoggerFactory loggers, LocalRenderRunner runner)
    : GrainService(id, silo, loggers), ILocalRenderService
{
    public Task<LocalRenderState?> NextStateAsync(RenderRequest request, TimeSpan timeout) =>
        runner.NextStateAsync(request, timeout, StoppedCancellationTokenSource.Token);

    public Task<LocalRenderState?> CancelAsync(RenderRequest request) =>
        runner.CancelAsync(request, StoppedCancellationTokenSource.Token);
}
