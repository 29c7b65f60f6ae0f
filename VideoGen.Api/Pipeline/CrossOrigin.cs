using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using VideoGen.Api.Http;

namespace VideoGen.Api.Pipeline;

/// <summary>Selects the origins whose pages may read responses: all, unless the operator lists some.</summary>
internal sealed class CrossOrigin(IOptions<PipelineOptions> options) : IConfigureOptions<CorsOptions>
{
    private readonly bool _allowsAnyone = options.Value.AllowsAnyone;

    public void Configure(CorsOptions cors) => cors.AddDefaultPolicy(policy =>
    {
        // There are no cookies, so allowing every origin exposes nothing.
        _ = _allowsAnyone ? policy.AllowAnyOrigin() : policy.WithOrigins(options.Value.AllowedOrigins);
        policy.AllowAnyHeader()
            .WithMethods(HttpMethods.Get, HttpMethods.Post, HttpMethods.Put, HttpMethods.Delete)
            .WithExposedHeaders(
                "Location", "ETag", "Retry-After", "Link", "Content-Range", "Idempotency-Replayed", "Preference-Applied",
                RateLimitHeaders.Policy, RateLimitHeaders.Limit)
            .SetPreflightMaxAge(TimeSpan.FromHours(1));
    });

    /// <summary>
    /// Also without an Origin header: a picture cached from a plain <c>img</c> must be usable on a canvas later.
    /// </summary>
    public void AllowMedia(IHeaderDictionary headers)
    {
        if (_allowsAnyone)
        {
            headers.AccessControlAllowOrigin = "*";
        }
    }

    /// <summary>A cached response to one origin, or to none, must not be used for another.</summary>
    public void AddVary(IHeaderDictionary headers)
    {
        if (!_allowsAnyone && !headers.Vary.ToString().Contains(HeaderNames.Origin, StringComparison.OrdinalIgnoreCase))
        {
            headers.AppendCommaSeparatedValues(HeaderNames.Vary, HeaderNames.Origin);
        }
    }
}
