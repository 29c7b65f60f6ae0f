using VideoGen.Grains.Contracts;

namespace VideoGen.Grains.Ports;

/// <summary>What fetching a rendered film can end in.</summary>
public abstract record FetchOutcome
{
    private FetchOutcome() { }

    /// <summary>The original is in the media store.</summary>
    public sealed record Stored(StoredMedia Original) : FetchOutcome;

    /// <summary>What came back is not a film, or is gone.</summary>
    public sealed record Failed(GenerationError Error) : FetchOutcome;

    /// <summary>No luck this time; try again, not before <paramref name="RetryAfter"/> when it is given.</summary>
    public sealed record Unavailable(GenerationError Error, TimeSpan? RetryAfter = null) : FetchOutcome;
}
