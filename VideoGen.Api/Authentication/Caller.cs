using VideoGen.Grains.Media;

namespace VideoGen.Api.Authentication;

/// <summary>
/// The caller of a request: its owner, which determines the visible generations, uploads and limits, and its key. Owners are
/// isolated from each other.
/// </summary>
internal sealed record Caller(string Owner, string? KeyName = null)
{
    /// <summary>The caller on a server without keys: all requests share one history.</summary>
    public static Caller Public { get; } = new(MediaOwner.Public);

    /// <summary>A request without a key on a server with keys: it owns nothing and may use only open routes.</summary>
    public static Caller Nobody { get; } = new("");

    /// <summary>Canceled when the key becomes invalid, or when open access ends. Long-lived responses must end then.</summary>
    public CancellationToken Ended { get; init; }
}

/// <summary>Reads the caller from a request.</summary>
internal static class CallerOfRequest
{
    public static Caller Caller(this HttpContext context) => context.Features.Get<Caller>() ?? Authentication.Caller.Public;
}
