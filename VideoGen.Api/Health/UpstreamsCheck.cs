using Microsoft.Extensions.Diagnostics.HealthChecks;
using VideoGen.Grains.Calls;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.RenderSlots;

namespace VideoGen.Api.Health;

/// <summary>
/// Shows on <c>/ready</c> which upstream is paused, and why. It never fails: requests are accepted meanwhile, and an unknown
/// state is no reason to take an API process out of service.
/// </summary>
internal sealed class UpstreamsCheck(IGrainFactory grains) : IHealthCheck
{
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(1);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var upstreams = grains.Grain<IUpstreamsGrain>(IUpstreamsGrain.Key);
            var pauses = await upstreams.GetPausesAsync().WaitAsync(ReadTimeout, cancellationToken);
            return HealthCheckResult.Healthy(pauses.IsEmpty ? null : string.Join("; ", pauses.Select(Describe)));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return HealthCheckResult.Healthy("Unknown: the cluster does not respond.");
        }
    }

    /// <summary>Publicly visible, so it contains only configured names and the code.</summary>
    private static string Describe(PausedUpstream paused)
    {
        var model = paused.Pause.Model is { } name ? $" ({name})" : "";
        return $"{paused.Backend}{model} has been paused since {paused.Since:u}: {paused.Pause.Reason}";
    }
}
