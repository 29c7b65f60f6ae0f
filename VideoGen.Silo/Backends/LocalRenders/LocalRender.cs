using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Media;

namespace VideoGen.Silo.Backends.LocalRenders;

/// <summary>
/// One synchronous render: writes a video to <paramref name="target"/>, reports progress 0–1, and stops soon after it is
/// canceled. Expected failures are values; an exception counts as a bug and fails the job.
/// </summary>
internal delegate Task<LocalRenderResult> LocalRender(
    ScratchFile target, IProgress<double> progress, CancellationToken cancellationToken);

/// <summary>The possible outcomes of a synchronous render.</summary>
internal abstract record LocalRenderResult
{
    private LocalRenderResult() { }

    /// <summary>The video is in the target file.</summary>
    public sealed record Rendered : LocalRenderResult;

    /// <summary>
    /// It cannot be rendered. With a <paramref name="Scope"/> wider than this request, the renderer is the cause, not the
    /// request.
    /// </summary>
    public sealed record Failed(GenerationError Error, VerdictScope Scope = VerdictScope.Order) : LocalRenderResult;

    /// <summary>A temporary failure; worth another run, not before <paramref name="RetryAfter"/>.</summary>
    public sealed record Interrupted(GenerationError Error, TimeSpan RetryAfter) : LocalRenderResult;
}
