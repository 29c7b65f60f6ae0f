using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Media;

namespace VideoGen.Grains.Backends;

/// <summary>The possible outcomes of fetching a rendered video.</summary>
public abstract record FetchOutcome
{
    private FetchOutcome() { }

    /// <summary>The original is in the media store.</summary>
    public sealed record Stored(StoredMedia Original) : FetchOutcome;

    /// <summary>The result is certainly gone, for example after the end of the silo that rendered it.</summary>
    public sealed record Failed(GenerationError Error) : FetchOutcome;

    /// <summary>
    /// Not found, not allowed, not a video, or truncated. The result may still be whole, and it is paid for, so this is believed
    /// only after several answers over minutes.
    /// </summary>
    public sealed record Suspect(GenerationError Error) : FetchOutcome;

    /// <summary>
    /// A limit or a rule of this server prevents the fetch (too large, a host that is not allowed); the error names the setting.
    /// The result stays where it is and can be fetched after the setting is changed.
    /// </summary>
    public sealed record Blocked(GenerationError Error) : FetchOutcome;

    /// <summary>A temporary failure; retry, not before <paramref name="RetryAfter"/> if it is given.</summary>
    public sealed record Unavailable(GenerationError Error, TimeSpan? RetryAfter = null) : FetchOutcome;
}
