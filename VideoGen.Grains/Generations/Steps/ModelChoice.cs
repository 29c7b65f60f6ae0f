using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Ledger;

namespace VideoGen.Grains.Generations.Steps;

/// <summary>Chooses the model for the next attempt of a generation.</summary>
internal static class ModelChoice
{
    /// <summary>
    /// The stored model, or, where the settings no longer have it, the default; null if the user chose that model, because
    /// another one must not take its place.
    /// </summary>
    public static VideoModel? Next(this IVideoBackends backends, Generation generation) =>
        backends.FindModel(generation.OtherModel) ?? backends.FindModel(generation.OrderedModel)
        ?? (generation.Request?.Model is null ? backends.Default : null);

    /// <summary>
    /// The upstreams that a new attempt may go to. Those that are being drained are left out, and where several are free, not
    /// every generation takes the first.
    /// </summary>
    public static IEnumerable<string> Candidates(this IVideoBackends backends, VideoModel model, string generationId)
    {
        var open = model.Upstreams.Where(upstream => backends.Find(upstream) is { Traits.IsDrained: false }).ToList();
        var first = open.Count == 0 ? 0 : (int)((uint)generationId.GetHashCode(StringComparison.Ordinal) % open.Count);
        return open.Skip(first).Concat(open.Take(first));
    }

    /// <summary>
    /// The model to try when this one certainly does not take the request, by the list of the ordered model; null when there is
    /// none left. A rate limit passes by itself and is waited for, and an earlier submit with an unknown outcome may have been
    /// accepted.
    /// </summary>
    public static VideoModel? After(this IVideoBackends backends, VideoModel model, Generation generation, string reason)
    {
        if (reason is GenerationErrorCode.RateLimited
            || generation.Attempt?.Error?.Code is GenerationErrorCode.OutcomeUnknown)
        {
            return null;
        }

        var ordered = backends.FindModel(generation.OrderedModel) ?? model;
        string[] chain = [ordered.Id, .. ordered.Fallback];
        return chain.SkipWhile(id => id != model.Id).Skip(1).Select(backends.FindModel).FirstOrDefault(next => next is not null);
    }
}
