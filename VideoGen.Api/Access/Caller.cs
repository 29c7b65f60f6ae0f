namespace VideoGen.Api.Access;

/// <summary>Who asks: whose generations, uploads and limits a request is about. An owner sees nothing of another one.</summary>
internal sealed record Caller(string Owner)
{
    /// <summary>Without keys there are no accounts: everybody shares one history.</summary>
    public static Caller Public { get; } = new("public");
}

/// <summary>Where a request carries its caller.</summary>
internal static class CallerOfRequest
{
    public static Caller Caller(this HttpContext context) => context.Features.Get<Caller>() ?? Access.Caller.Public;
}
