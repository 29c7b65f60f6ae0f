using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Media;

namespace VideoGen.Silo.Backends.LocalRenders;

/// <summary>
/// One synchronous render: writes a film to <paramref name="target"/>, reports progress 0–1, and stops soon after it is canceled.
/// Expected failures are values; an exception counts as a bug and fails the job.
/// </summary>
internal delegate Task<LocalRenderResult> LocalRender(
    ScratchFile target, IProgress<double> progress, CancellationToken cancellationToken);

/// <summary>What a synchronous render can end in.</summary>
internal abstract record LocalRenderResult
{
    private LocalRenderResult() { }

    /// <summary>The film is in the target file.</summary>
    public sealed record Rendered : LocalRenderResult;

    /// <summary>
    /// It cannot be made; with a wider <paramref name="Scope"/> than this order, because of whoever renders, not because of it.
    /// </summary>
    public sealed record Failed(GenerationError Error, VerdictScope Scope = VerdictScope.Order) : LocalRenderResult;

    /// <summary>Something that should pass was in the way; worth another run, not before <paramref name="RetryAfter"/>.</summary>
    public sealed record Interrupted(GenerationError Error, TimeSpan RetryAfter) : LocalRenderResult;
}
