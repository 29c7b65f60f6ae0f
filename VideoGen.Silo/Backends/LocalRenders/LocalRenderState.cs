using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Silo.Backends.LocalRenders;

/// <summary>The state of a local render.</summary>
[GenerateSerializer, Immutable, Alias("videogen.local-render-state")]
internal abstract record LocalRenderState
{
    private LocalRenderState() { }

    /// <summary>Whether it has ended and will not change by itself.</summary>
    public bool IsOver => this is not (Waiting or Running);

    /// <summary>In the queue.</summary>
    [GenerateSerializer, Immutable, Alias("videogen.local-render-waiting")]
    public sealed record Waiting : LocalRenderState;

    /// <summary>Running; progress 0–1, null before the first report.</summary>
    [GenerateSerializer, Immutable, Alias("videogen.local-render-running")]
    public sealed record Running(double? Progress) : LocalRenderState;

    /// <summary>The video is in the media store as the original of its request.</summary>
    [GenerateSerializer, Immutable, Alias("videogen.local-render-stored")]
    public sealed record Stored : LocalRenderState;

    /// <summary>It cannot be rendered; the scope says what the failure is about.</summary>
    [GenerateSerializer, Immutable, Alias("videogen.local-render-failed")]
    public sealed record Failed(GenerationError Error, VerdictScope Scope = VerdictScope.Order) : LocalRenderState;

    /// <summary>
    /// A temporary failure; worth another start, not before <paramref name="RetryAt"/>. That is a wall-clock time, which may be
    /// changed. <paramref name="RetryAfter"/> is the remaining time by a monotonic clock when the silo reported the state, and is
    /// used if it is given.
    /// </summary>
    [GenerateSerializer, Immutable, Alias("videogen.local-render-interrupted")]
    public sealed record Interrupted(GenerationError Error, DateTimeOffset RetryAt, TimeSpan? RetryAfter = null)
        : LocalRenderState;

    /// <summary>Stopped on request.</summary>
    [GenerateSerializer, Immutable, Alias("videogen.local-render-canceled")]
    public sealed record Canceled : LocalRenderState;
}
