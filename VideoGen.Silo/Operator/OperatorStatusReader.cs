using VideoGen.Grains.Backends;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.RenderSlots;
using VideoGen.Silo.Backends;
using VideoGen.Silo.Backends.Models;
using VideoGen.Silo.Backends.Settings;

namespace VideoGen.Silo.Operator;

/// <summary>
/// Reads the state of the upstreams and models: the settings of this process, the slots of the cluster, and what the servers say.
/// </summary>
internal sealed class OperatorStatusReader(ModelTable table, VideoBackends backends, IGrainFactory grains, TimeProvider time)
{
    /// <summary>The page is drawn without a server that takes longer.</summary>
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(2);

    public async Task<OperatorStatus> ReadAsync(CancellationToken cancellationToken)
    {
        var upstreams = table.Upstreams.Where(IsShown).ToList();
        var usage = grains.GetGrain<IUpstreamsGrain>(IUpstreamsGrain.Key)
            .GetUsageAsync([.. upstreams.Select(upstream => upstream.Name)]);
        var models = Task.WhenAll(backends.Models.Select(model => DescribeAsync(model, cancellationToken)));
        var servers = await Task.WhenAll(upstreams.Select(upstream => DescribeAsync(upstream, cancellationToken)));
        var slots = (await usage).ToDictionary(one => one.Upstream, StringComparer.Ordinal);
        return new OperatorStatus(
            [.. upstreams.Zip(servers, (upstream, server) => Show(upstream, server, slots.GetValueOrDefault(upstream.Name)))],
            await models);
    }

    /// <summary>The upstream of the older settings for Hugging Face is there even if nothing is set for it.</summary>
    private bool IsShown(Upstream upstream) =>
        upstream.Kind is not BackendNames.HuggingFace || upstream.Tokens.Current is not null
        || backends.Models.Any(model => model.Upstreams.Contains(upstream.Name));

    private static UpstreamStatus Show(Upstream upstream, ServerStatus? server, UpstreamUsage? slots) => new(
        upstream.Name, upstream.Kind, AddressOf(upstream)?.Authority, upstream.IsDrained, upstream.RepeatCostsMoney,
        slots?.Renders, slots?.Limit, slots?.Waiting, slots is null ? null : [.. slots.Pauses.Select(Show)],
        server?.Software, server?.Lacks, server?.Problem);

    private static PauseStatus Show(PausedUpstream paused) =>
        new(paused.Pause.Reason, paused.Pause.Message, paused.Pause.Model, paused.Since);

    private static Uri? AddressOf(Upstream upstream) =>
        upstream.Kind is BackendNames.HuggingFace ? upstream.RouterUrl : upstream.Url;

    /// <summary>What a server says; null where there is none to ask.</summary>
    private async Task<ServerStatus?> DescribeAsync(Upstream upstream, CancellationToken cancellationToken) =>
        backends.Find(upstream.Name) is IServerStatus backend
            ? await InTimeAsync(backend.GetServerStatusAsync, cancellationToken)
                ?? new ServerStatus(null, Problem: "The server does not answer in time.")
            : null;

    private async Task<ModelStatus> DescribeAsync(VideoModel model, CancellationToken cancellationToken)
    {
        var reports = await Task.WhenAll(model.Upstreams.Select(upstream => InTimeAsync(
            limit => backends.Of(model with { Upstream = upstream }).DescribeAsync(model.Name, limit), cancellationToken)));
        var traits = reports.FirstOrDefault(report => report?.Traits is not null)?.Traits;
        return new ModelStatus(
            model.Id, model.Title, model.Name, model.Id == backends.Default.Id, model.Fallback,
            traits is null ? null : TraitsText.Of(traits),
            [.. model.Upstreams.Zip(reports, (upstream, report) =>
                new ModelPlace(upstream, report?.Problem ?? Drained(upstream)))]);
    }

    private string? Drained(string upstream) =>
        backends.Find(upstream) is { Traits.IsDrained: true } ? "It is drained and gets no new jobs." : null;

    /// <summary>Null when there is no answer in time.</summary>
    private async Task<T?> InTimeAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
        where T : class
    {
        using var limit = new CancellationTokenSource(AnswerTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await ask(either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return null;
        }
    }
}
