using VideoGen.Grains.Contracts;

namespace VideoGen.Grains.Ports;

/// <summary>Where the rendered film is: an https URL of the provider (may be signed: never logged), or a media name.</summary>
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
    }

    /// <summary>The film is ready to be fetched.</summary>
    public sealed record Rendered(RenderResult Result) : PollOutcome;

    /// <summary>The backend gave the job up, for good.</summary>
    public sealed record Failed(GenerationError Error) : PollOutcome;

    /// <summary>The backend does not know the job any more.</summary>
    public sealed record Lost(GenerationError Error) : PollOutcome;

    /// <summary>No answer this time; ask again, not before <paramref name="RetryAfter"/> when it is given.</summary>
    public sealed record Unavailable(GenerationError Error, TimeSpan? RetryAfter = null) : PollOutcome;
}
