using System.Collections.Immutable;
using Orleans.Concurrency;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Contracts;

namespace VideoGen.Grains.RenderSlots;

/// <summary>A grain because silos know the upstreams, and API processes do not.</summary>
[GrainType("videogen.upstreams"), StatelessWorker]
internal sealed class UpstreamsGrain(IVideoBackends backends, TimeProvider time) : Grain, IUpstreamsGrain
{
    /// <summary>How long a backend may take to find out what is known about a model.</summary>
    private static readonly TimeSpan DescribeTimeout = TimeSpan.FromSeconds(2);

    /// <summary>How old an answer about the models may be: every request that names a model asks.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private Task<ImmutableArray<OfferedModel>>? _models;
    private long _askedAt;

    public async Task<ImmutableArray<PausedUpstream>> GetPausesAsync()
    {
        var pauses = await Task.WhenAll(backends.Models.SelectMany(model => model.Upstreams).Distinct()
            .Select(upstream => GrainFactory.GetGrain<IBudgetGrain>(upstream).GetPausesAsync()));
        return [.. pauses.SelectMany(paused => paused)];
    }

    public async Task<ImmutableArray<UpstreamUsage>> GetUsageAsync(ImmutableArray<string> upstreams) =>
        [.. (await Task.WhenAll(upstreams.Select(FindUsageAsync))).OfType<UpstreamUsage>()];

    public Task<ImmutableArray<OfferedModel>> GetModelsAsync()
    {
        if (_models is null || (_models.IsCompleted && time.GetElapsedTime(_askedAt) > Fresh))
        {
            (_models, _askedAt) = (ReadModelsAsync(), time.GetTimestamp());
        }

        return _models;
    }

    /// <summary>Null when its slots cannot be asked now: their silo may be gone, or be of an older build.</summary>
    private async Task<UpstreamUsage?> FindUsageAsync(string upstream)
    {
        try
        {
            return await GrainFactory.GetGrain<IBudgetGrain>(upstream).GetUsageAsync();
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            return null;
        }
    }

    private async Task<ImmutableArray<OfferedModel>> ReadModelsAsync()
    {
        var pauses = await GetPausesAsync();
        return [.. await Task.WhenAll(backends.Models.Select(model => DescribeAsync(model, pauses)))];
    }

    /// <summary>A model is unavailable when each of its upstreams is.</summary>
    private async Task<OfferedModel> DescribeAsync(VideoModel model, ImmutableArray<PausedUpstream> pauses)
    {
        var reports = await Task.WhenAll(model.Upstreams.Select(upstream => DescribeAsync(model, upstream, pauses)));
        return new OfferedModel(
            model.Id, model.Title, model.Name, string.Join(", ", model.Upstreams), model.Id == backends.Default.Id,
            backends.Of(model).Traits.IsPreview, model.Fallback,
            reports.FirstOrDefault(report => report.Traits is not null)?.Traits,
            reports.All(report => report.Problem is not null) ? reports[0].Problem : null);
    }

    private async Task<ModelReport> DescribeAsync(
        VideoModel model, string upstream, ImmutableArray<PausedUpstream> pauses)
    {
        var backend = backends.Of(model with { Upstream = upstream });
        using var limit = new CancellationTokenSource(DescribeTimeout, time);
        var report = new ModelReport(null);
        try
        {
            report = await backend.DescribeAsync(model.Name, limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            // What it takes stays unknown; it can be ordered all the same.
        }

        var pause = pauses.FirstOrDefault(paused =>
            paused.Backend == upstream && (paused.Pause.Model is null || paused.Pause.Model == model.Name));
        var problem = backend.Traits.IsDrained ? $"The operator is taking {upstream} out of service." : report.Problem;
        return report with { Problem = problem ?? pause?.Pause.Message };
    }
}
