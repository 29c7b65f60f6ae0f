using System.Globalization;
using System.Net.Mime;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;
using VideoGen.Api.Authentication;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Api.Generations;

/// <summary>
/// The response with a generation. Its ETag covers the visible content, so that an unchanged generation is answered with a 304,
/// and Retry-After tells when polling is worthwhile.
/// </summary>
internal sealed class GenerationAnswer : IResult, IEndpointMetadataProvider
{
    private readonly byte[] _json;
    private readonly EntityTagHeaderValue _tag;
    private readonly string? _retryAfter;

    private GenerationAnswer(GenerationSnapshot generation, MediaLinks links)
    {
        _json = JsonSerializer.SerializeToUtf8Bytes(
            GenerationResource.From(generation, links), GenerationJson.Readable.GenerationResource);
        var hash = Convert.ToHexStringLower(SHA256.HashData(_json).AsSpan(0, 8));
        _tag = new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{generation.Version}-{hash}\""));
        _retryAfter = generation.Status switch
        {
            GenerationStatus.Pending => "5",
            GenerationStatus.Processing => "2",
            _ => null,
        };
    }

    public static GenerationAnswer Of(GenerationSnapshot generation, MediaLinks links) => new(generation, links);

    /// <summary>Whether the client already has this content (RFC 9110 §13.1.2).</summary>
    public bool IsKnownTo(HttpRequest request) =>
        EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var tags)
        && tags.Any(tag => tag.Tag == "*" || tag.Compare(_tag, useStrongComparison: false));

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.Headers.ETag = _tag.ToString();
        response.Headers.RetryAfter = _retryAfter;
        response.Headers.CacheControl = "no-cache";
        if (IsKnownTo(httpContext.Request))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.ContentType = MediaTypeNames.Application.Json + "; charset=utf-8";
        response.ContentLength = _json.Length;
        return response.Body.WriteAsync(_json, httpContext.RequestAborted).AsTask();
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(
            StatusCodes.Status200OK, typeof(GenerationResource), [MediaTypeNames.Application.Json]));
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status304NotModified, typeof(void)));
    }
}
