namespace VideoGen.Grains.Contracts;

/// <summary>How a request for a render slot stands.</summary>
[GenerateSerializer, Alias("videogen.budget-standing")]
public enum BudgetStanding
{
    /// <summary>The slot is held.</summary>
    Granted = 0,

    /// <summary>In the queue; a poke follows when the turn comes.</summary>
    Waiting = 1,

    /// <summary>Not admitted: too many unfinished generations.</summary>
    Full = 2,
}

/// <summary>
/// The standing, the place in the queue counted from 1, why nobody gets a slot at the moment, when full, when to submit again, and,
/// when waiting, after what time the place is worth asking for again. <paramref name="Pause"/> is what <paramref
/// name="PauseReason"/> is the sentence of, and <paramref name="PausedSince"/> when it began. With <paramref name="IsProbe"/> the
/// slot was granted during a pause, to find out whether it is over.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.budget-reply")]
public sealed record BudgetReply(
    BudgetStanding Standing, int Position = 0, string? PauseReason = null, TimeSpan? RetryAfter = null, TimeSpan? AskAfter = null,
    UpstreamPause? Pause = null, bool IsProbe = false, DateTimeOffset? PausedSince = null);
