namespace VideoGen.Grains.Backends;

/// <summary>
/// <paramref name="IsPreview"/>: films are shown as previews. <paramref name="RepeatCostsMoney"/>: a submit whose outcome is
/// unknown must not be sent again without the user's word.
/// </summary>
public sealed record BackendTraits(bool IsPreview, bool RepeatCostsMoney);
