using System.Net.Http.Headers;
using Microsoft.AspNetCore.Authorization;
using VideoGen.Api.Http;

namespace VideoGen.Api.Authentication;

/// <summary>
/// Identifies the caller of every request. Once there are keys, a route requires one unless it is marked as open to everybody
/// (<c>AllowAnonymous</c>) or to signed links (<see cref="OpenToLinks"/>). Routes without a mark are closed.
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

    /// <summary>The key may be in both headers and be repeated. If the values differ, the caller is unknown.</summary>
    private Caller? Find(HttpRequest request)
    {
        string[] given = [.. Bearers(request), .. request.Headers[KeyHeader].OfType<string>()];
        return given.Distinct(StringComparer.Ordinal).Take(2).ToArray() is [var text] ? keys.Identify(text) : null;
    }

    // Other schemes belong to a proxy in front of this server.
    private static IEnumerable<string> Bearers(HttpRequest request) =>
        from value in request.Headers.Authorization
        where AuthenticationHeaderValue.TryParse(value, out _)
        let header = AuthenticationHeaderValue.Parse(value)
        where header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
        select header.Parameter ?? "";
}

/// <summary>Marks routes of media: a request without a key may use a signed link. Without either it gets a 404.</summary>
internal sealed class OpenToLinks;
