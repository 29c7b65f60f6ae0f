using System.Net.Http.Headers;
using Microsoft.AspNetCore.Authorization;
using VideoGen.Api.Http;

namespace VideoGen.Api.Authentication;

/// <summary>
/// Says of every request who sent it. Where there are keys, a route needs one unless it says that it is open to everybody
/// (<c>AllowAnonymous</c>) or to those who have a link to it (<see cref="OpenToLinks"/>): what is forgotten is closed.
/// </summary>
internal sealed class ApiKeyMiddleware(RequestDelegate next, CurrentKeys keys, Audit audit)
{
    private const string KeyHeader = "X-API-Key";

    public Task InvokeAsync(HttpContext context)
    {
        if (keys.Ring is null)
        {
            context.Features.Set(keys.Everybody);
            return next(context);
        }

        if (IsAdmitted(context))
        {
            return next(context);
        }

        audit.KeyRefused();
        return Problem.KeyNeeded(context.Response).ExecuteAsync(context);
    }

    private bool IsAdmitted(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        var isOpen = endpoint is null || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;
        var caller = isOpen ? null : Find(context.Request);
        context.Features.Set(caller ?? Caller.Nobody);
        return isOpen || caller is not null || endpoint!.Metadata.GetMetadata<OpenToLinks>() is not null;
    }

    /// <summary>Both headers may carry the key, and several times; only when they disagree it is not known who asks.</summary>
    private Caller? Find(HttpRequest request)
    {
        string[] given = [.. Bearers(request), .. request.Headers[KeyHeader].OfType<string>()];
        return given.Distinct(StringComparer.Ordinal).Take(2).ToArray() is [var text] ? keys.Identify(text) : null;
    }

    // Other schemes are those of a proxy in front, and none of ours.
    private static IEnumerable<string> Bearers(HttpRequest request) =>
        from value in request.Headers.Authorization
        where AuthenticationHeaderValue.TryParse(value, out _)
        let header = AuthenticationHeaderValue.Parse(value)
        where header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
        select header.Parameter ?? "";
}

/// <summary>Marks routes of media: who has no key may have a signed link, and whoever has neither finds nothing.</summary>
internal sealed class OpenToLinks;
