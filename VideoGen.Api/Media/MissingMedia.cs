using Microsoft.AspNetCore.Http.HttpResults;
using VideoGen.Api.Generations;
using VideoGen.Api.Http;
using VideoGen.Grains.Calls;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Media;

namespace VideoGen.Api.Media;

/// <summary>
/// Finds out why a video is missing: it never existed, or its generation has expired. The file name contains the generation id.
/// </summary>
internal static class MissingMedia
{
    private const int IdLength = 36;

    public static async Task<ProblemHttpResult> WhyAsync(HttpContext context, MediaKind kind, string name) =>
        kind is MediaKind.Video
        && name.Length > IdLength && Guid.TryParseExact(name.AsSpan(0, IdLength), "D", out var id)
        && await context.RequestServices.GetRequiredService<IGrainFactory>().Grain<IGenerationGrain>(id.ToString()).GetAsync()
            is { Expiry: { } expiry } generation
        && MediaOwner.Owns(generation.Request.Owner, name)
            ? Problem.GenerationExpired(generation.Id, ExpiryResource.SentenceOf(expiry.Reason))
            : Problem.ForStatus(StatusCodes.Status404NotFound);
}
