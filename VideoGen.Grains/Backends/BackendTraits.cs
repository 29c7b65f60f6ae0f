namespace VideoGen.Grains.Backends;

/// <summary>
/// <paramref name="IsPreview"/>: videos are marked as previews. <paramref name="RepeatCostsMoney"/>: a submit with an unknown
/// outcome must not be sent again without the user's consent. <paramref name="MaxConcurrent"/>: renders at the same time in the
/// whole cluster; null for the common limit. <paramref name="Kind"/> is the kind of upstream: a job is followed only by a backend
/// of the kind that it was submitted to. An upstream that is being drained (<paramref name="IsDrained"/>) gets no new jobs.
/// </summary>
public sealed record BackendTraits(
    bool IsPreview, bool RepeatCostsMoney, int? MaxConcurrent = null, string? Kind = null, bool IsDrained = false);
