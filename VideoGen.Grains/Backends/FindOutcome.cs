using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Backends;

/// <summary>The possible outcomes of looking for the job of a submit whose answer was lost.</summary>
public abstract record FindOutcome
{
    private FindOutcome() { }

    /// <summary>The backend has the job, which is followed from here.</summary>
    public sealed record Found(RenderJob Job) : FindOutcome;

    /// <summary>The backend certainly has no such job, so that the request may be sent again.</summary>
    public sealed record NotThere(GenerationError Error) : FindOutcome
    {
        /// <summary>
        /// Whether it may have had the job and forgotten it, because nothing shows that it has not restarted since the submit.
        /// Then the request may only be sent again where that costs nothing.
        /// </summary>
        public bool MayBeForgotten { get; init; }
    }

    /// <summary>The backend has no way to find it: the outcome of the submit stays unknown.</summary>
    public sealed record CannotTell : FindOutcome;

    /// <summary>No usable answer this time; look again, not before <paramref name="RetryAfter"/> if it is given.</summary>
    public sealed record Unavailable(GenerationError Error, TimeSpan? RetryAfter = null) : FindOutcome;
}
