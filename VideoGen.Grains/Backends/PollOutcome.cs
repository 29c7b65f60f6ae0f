using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Backends;

/// <summary>Where the rendered video is: an https URL of the provider (may be signed: never logged), or a media name.</summary>
[GenerateSerializer, Immutable, Alias("videogen.render-result")]
public sealed record RenderResult(string Location);

/// <summary>What a poll can end in.</summary>
public abstract record PollOutcome
{
    private PollOutcome() { }

    /// <summary>Not ready yet: progress 0–1 and place in the provider's queue, where known.</summary>
    public sealed record Running(double? Progress = null, int? QueuePosition = null) : PollOutcome
    {
        /// <summary>
        /// Zero when the call itself waits for news (local renders); null leaves the pace to the grain; else the provider's wish.
        /// </summary>
        public TimeSpan? PollAfter { get; init; }

        /// <summary>
        /// What users should know, such as a status word that this build does not know; null when there is nothing.
        /// </summary>
        public string? Remark { get; init; }
    }

    /// <summary>The video is ready to be fetched.</summary>
    public sealed record Rendered(RenderResult Result) : PollOutcome;

    /// <summary>
    /// The backend says that the job failed. With a wider <paramref name="Scope"/> than this order, which only backends report
    /// whose repeats cost nothing, the queue pauses and the order goes back to it.
    /// </summary>
    public sealed record Failed(GenerationError Error, VerdictScope Scope = VerdictScope.Order) : PollOutcome;

    /// <summary>The job is certainly gone, as after the end of the silo that rendered it.</summary>
    public sealed record Lost(GenerationError Error) : PollOutcome;

    /// <summary>
    /// An answer that would end the job if it were true (not found, gone, finished without a result, a server error in place of
    /// the result). One wrong answer is no verdict on something paid for: it is asked again over minutes before it is believed.
    /// </summary>
    public sealed record Suspect(GenerationError Error) : PollOutcome;

    /// <summary>No answer this time; ask again, not before <paramref name="RetryAfter"/> when it is given.</summary>
    public sealed record Unavailable(GenerationError Error, TimeSpan? RetryAfter = null) : PollOutcome;
}
