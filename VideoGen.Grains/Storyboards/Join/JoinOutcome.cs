using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Storyboards.Join;

/// <summary>The possible outcomes of a join.</summary>
internal abstract record JoinOutcome
{
    private JoinOutcome() { }

    /// <summary>The video and its poster are stored.</summary>
    public sealed record Finished(FinishedVideo Video) : JoinOutcome;

    /// <summary>The video of this shot (counted from 1) is no longer in the media store.</summary>
    public sealed record ShotMissing(int Shot) : JoinOutcome;

    /// <summary>Joining the same shots again would fail again.</summary>
    public sealed record Failed(GenerationError Error) : JoinOutcome;

    /// <summary>A temporary problem of the machine (time limit, disk full, tool missing); a later join may succeed.</summary>
    public sealed record Unavailable(GenerationError Error) : JoinOutcome;
}
