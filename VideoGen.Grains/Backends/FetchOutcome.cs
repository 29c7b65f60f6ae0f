using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Media;

namespace VideoGen.Grains.Backends;

/// <summary>What fetching a rendered video can end in.</summary>
public abstract record FetchOutcome
{
    private FetchOutcome() { }

    /// <summary>The original is in the media store.</summary>
    public sealed record Stored(StoredMedia Original) : FetchOutcome;

    /// <summary>The result is certainly gone, as after the end of the silo that rendered it.</summary>
    public sealed record Failed(GenerationError Error) : FetchOutcome;

    /// <summary>
    /// Not there, not allowed, not a video, or cut short: believed only after several answers over minutes. The result may be
    /// whole, and it is paid for.
    /// </summary>
    public sealed record Suspect(GenerationError Error) : FetchOutcome;

    /// <summary>
    /// A limit or a rule of this server is in the way (too large, a host that is not allowed); the error names the setting. The
    /// result stays where it is, and a changed setting lets it through.
    /// </summary>
    public sealed record Blocked(GenerationError Error) : FetchOutcome;

    /// <summary>No luck this time; try again, not before <paramref name="RetryAfter"/> when it is given.</summary>
    public sealed record Unavailable(GenerationError Error, TimeSpan? RetryAfter = null) : FetchOutcome;
}
