using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Silo.Backends.LocalRenders;

/// <summary>Where a render of a silo stands.</summary>
[GenerateSerializer, Immutable, Alias("videogen.local-render-state")]
internal abstract record LocalRenderState
{
    private LocalRenderState() { }

    /// <summary>Whether nothing more will happen to it by itself.</summary>
    public bool IsOver => this is not (Waiting or Running);

    /// <summary>In line behind others.</summary>
    [GenerateSerializer, Immutable, Alias("videogen.local-render-waiting")]
    public sealed record Waiting : LocalRenderState;

    /// <summary>At work; progress 0–1, null before the first report.</summary>
    [GenerateSerializer, Immutable, Alias("videogen.local-render-running")]
    public sealed record Running(double? Progress) : LocalRenderState;

    /// <summary>The film is in the media store as the original of its order.</summary>
    [GenerateSerializer, Immutable, Alias("videogen.local-render-stored")]
    public sealed record Stored : LocalRenderState;

    /// <summary>It cannot be made; the scope says because of whom.</summary>
    [GenerateSerializer, Immutable, Alias("videogen.local-render-failed")]
    public sealed record Failed(GenerationError Error, VerdictScope Scope = VerdictScope.Order) : LocalRenderState;

    /// <summary>
    /// Something that should pass was in the way; worth another start, not before <paramref name="RetryAt"/>. That is a time of
    /// the wall clock, which may be set; <paramref name="RetryAfter"/> is what was left by a clock that runs evenly when its silo
    /// told the state, and counts where it is given.
    /// </summary>
    [GenerateSerializer, Immutable, Alias("videogen.local-render-interrupted")]
    public sealed record Interrupted(GenerationError Error, DateTimeOffset RetryAt, TimeSpan? RetryAfter = null)
        : LocalRenderState;

    /// <summary>Stopped because it was asked to.</summary>
    [GenerateSerializer, Immutable, Alias("videogen.local-render-canceled")]
    public sealed record Canceled : LocalRenderState;
}
