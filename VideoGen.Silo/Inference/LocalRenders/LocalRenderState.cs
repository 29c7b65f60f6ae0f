using VideoGen.Grains.Contracts;

namespace VideoGen.Silo.Inference.LocalRenders;

/// <summary>Where a render of this process stands.</summary>
internal abstract record LocalRenderState
{
    private LocalRenderState() { }

    /// <summary>Whether nothing more will happen to it by itself.</summary>
    public bool IsOver => this is not (Waiting or Running);

    /// <summary>In line behind others.</summary>
    public sealed record Waiting : LocalRenderState;

    /// <summary>At work; progress 0–1, null before the first report.</summary>
    public sealed record Running(double? Progress) : LocalRenderState;

    /// <summary>The film is in the media store as the original of its order.</summary>
    public sealed record Stored : LocalRenderState;

    /// <summary>It can not be made, for good.</summary>
    public sealed record Failed(GenerationError Error) : LocalRenderState;

    /// <summary>Something that should pass was in the way; worth another start, not before <paramref name="RetryAt"/>.</summary>
    public sealed record Interrupted(GenerationError Error, DateTimeOffset RetryAt) : LocalRenderState;

    /// <summary>Stopped because it was asked to.</summary>
    public sealed record Canceled : LocalRenderState;
}
