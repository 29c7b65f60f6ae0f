using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Backends;

/// <summary>
/// The location of the rendered video: an https URL of the provider (may be signed: never logged), or a media name.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.render-result")]
public sealed record RenderResult(string Location);

/// <summary>The possible outcomes of a poll.</summary>
public abstract record PollOutcome
{
    private PollOutcome() { }

    /// <summary>Not finished: progress 0–1 and position in the provider's queue, if known.</summary>
    public sealed record Running(double? Progress = null, int? QueuePosition = null) : PollOutcome
    {
        /// <summary>
        /// The time until the next poll: zero when the poll itself waits for changes (local renders), null when the grain
        /// chooses, otherwise the interval that the provider asked for.
        /// </summary>
        public TimeSpan? PollAfter { get; init; }

        /// <summary>Information for users, such as a status that this build does not know; null when there is none.</summary>
        public string? Remark { get; init; }
    }

    /// <summary>The video can be fetched.</summary>
    public sealed record Rendered(RenderResult Result) : PollOutcome;

    /// <summary>
    /// The backend reports that the job failed. With a <paramref name="Scope"/> wider than this request, the queue pauses and the
    /// generation returns to it. Only a backend that certainly did not make the video reports a wider scope.
    /// </summary>
    public sealed record Failed(GenerationError Error, VerdictScope Scope = VerdictScope.Order) : PollOutcome;

    /// <summary>The job is certainly gone, for example after the end of the silo that rendered it.</summary>
    public sealed record Lost(GenerationError Error) : PollOutcome;

    /// <summary>
    /// An answer that would end the job if it were true (not found, gone, finished without a result, a server error in place of
    /// the result). A single answer is not enough to give up something paid for: the backend is polled again over minutes before
    /// the answer is believed.
    /// </summary>
    public sealed record Suspect(GenerationError Error) : PollOutcome;

    /// <summary>No answer this time; poll again, not before <paramref name="RetryAfter"/> if it is given.</summary>
    public sealed record Unavailable(GenerationError Error, TimeSpan? RetryAfter = null) : PollOutcome;
}
