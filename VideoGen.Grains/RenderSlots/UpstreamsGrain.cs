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
        var pauses = await Task.WhenAll(backends.Models.Select(model => model.Upstream).Distinct()
            .Select(upstream => GrainFactory.GetGrain<IBudgetGrain>(upstream).GetPausesAsync()));
        return [.. pauses.SelectMany(paused => paused)];
    }

    public Task<ImmutableArray<OfferedModel>> GetModelsAsync()
    {
        if (_models is null || (_models.IsCompleted && time.GetElapsedTime(_askedAt) > Fresh))
        {
            (_models, _askedAt) = (ReadModelsAsync(), time.GetTimestamp());
        }

        return _models;
    }

    private async Task<ImmutableArray<OfferedModel>> ReadModelsAsync()
    {
        var pauses = await GetPausesAsync();
        return [.. await Task.WhenAll(backends.Models.Select(model => DescribeAsync(model, pauses)))];
    }

    private async Task<OfferedModel> DescribeAsync(VideoModel model, ImmutableArray<PausedUpstream> pauses)
    {
        var backend = backends.Of(model);
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
            paused.Backend == model.Upstream && (paused.Pause.Model is null || paused.Pause.Model == model.Name));
        return new OfferedModel(
            model.Id, model.Title, model.Name, model.Upstream, model.Id == backends.Default.Id, backend.Traits.IsPreview,
            model.Fallback, report.Traits, report.Problem ?? pause?.Pause.Message);
    }
}
