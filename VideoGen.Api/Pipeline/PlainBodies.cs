using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using VideoGen.Api.Http;

namespace VideoGen.Api.Pipeline;

/// <summary>
/// Rejects compressed bodies (RFC 9110 §15.5.16): decompressing untrusted input costs far more than it saves. Without this check
/// the error would only be that the body is not JSON.
/// </summary>
internal static class PlainBodies
{
    private const string Identity = "identity";

    public static Task RefuseCompressedAsync(HttpContext context, RequestDelegate next) =>
        context.Request.Headers.ContentEncoding.Count > 0 && Codings(context.Request) is { Length: > 0 } codings
        && context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true }
        && context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>() is not null
            ? RefuseAsync(context, codings)
            : next(context);

    private static string Codings(HttpRequest request) => string.Join(", ", request.Headers.ContentEncoding
        .SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        .Where(coding => !coding.Equals(Identity, StringComparison.OrdinalIgnoreCase)));

    private static Task RefuseAsync(HttpContext context, string codings)
    {
        context.Response.Headers.AcceptEncoding = Identity;
        return Problem.UnsupportedMediaType(
            $"Content-Encoding: {codings} is not supported. Send the body uncompressed.")
            .ExecuteAsync(context);
    }
}
