using VideoGen.Api.Http;

namespace VideoGen.Api.RateLimiting;

/// <summary>
/// Counts 401 responses to requests with a key, by address. It runs before the key is checked, so that guessing is rejected
/// before it costs anything.
/// </summary>
internal sealed class WrongKeyLimiter(RequestDelegate next, LocalLimits limits)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var address = BringsKey(context.Request) ? ClientAddress.CounterOf(context) : null;
        if (limits.WrongKeys.Peek(address) is { } refusal)
        {
            BodyLimit.Admit(context, 0);
            await Problem.LimitReached(context.Response, refusal).ExecuteAsync(context);
            return;
        }

        await next(context);
        if (context.Response.StatusCode is StatusCodes.Status401Unauthorized)
        {
            var taken = new List<IDisposable>(1);
            limits.WrongKeys.Take(address, 1, taken);
            taken.ForEach(lease => lease.Dispose());
        }
    }

    private static bool BringsKey(HttpRequest request) =>
        request.Headers.Authorization.Count > 0 || request.Headers.ContainsKey("X-API-Key");
}
