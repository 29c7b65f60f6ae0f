using VideoGen.Grains.Media;

namespace VideoGen.Api.Authentication;

/// <summary>
/// Who asks: whose generations, uploads and limits a request is about, and with which key. An owner sees nothing of another one.
/// </summary>
internal sealed record Caller(string Owner, string? KeyName = null)
{
    /// <summary>Without keys there are no accounts: everybody shares one history.</summary>
    public static Caller Public { get; } = new(MediaOwner.Public);

    /// <summary>Keys are asked for and this request has none: it owns nothing, and gets only what is open to everybody.</summary>
    public static Caller Nobody { get; } = new("");

    /// <summary>Canceled when the key holds no more, or everybody is served no more; what stays open has to end then.</summary>
    public CancellationToken Ended { get; init; }
}

/// <summary>Where a request carries its caller.</summary>
internal static class CallerOfRequest
{
    public static Caller Caller(this HttpContext context) => context.Features.Get<Caller>() ?? Authentication.Caller.Public;
}
