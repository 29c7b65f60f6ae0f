using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using VideoGen.Api.Authentication;
using VideoGen.Api.Http;
using VideoGen.Api.RateLimiting;
using VideoGen.Grains.Media;

namespace VideoGen.Api.Uploads;

/// <summary>Accepts the picture of a character.</summary>
internal static class UploadEndpoints
{
    public static void MapUploads(this IEndpointRouteBuilder app) => app.MapBothPrefixes(routes => routes
        .MapPost("/upload-character", UploadAsync)
        .WithName("uploadCharacter").WithTags("Characters").WithSummary("Uploads the picture of a character")
        .WithDescription("Accepts JPEG, PNG, WebP, GIF or AVIF. The picture is stored as an upright JPEG without metadata.")
        .Accepts<CharacterUpload>("multipart/form-data")
        .Costs(RequestCost.Upload)
        .ProducesProblems(400, 408, 413, 415, 422, 429, 503, 507));

    private static async Task<Results<Ok<PictureResource>, ProblemHttpResult>> UploadAsync(
        HttpContext context, UploadLimiter limiter, IOptions<UploadOptions> options, UploadLibrary uploads, IMediaStore media,
        IStorageHeadroom headroom, MediaLinks links)
    {
        var maxBytes = options.Value.MaxUploadBytes;
        if (UploadForm.Boundary(context.Request.ContentType) is not { } boundary)
        {
            return Problem.UnsupportedMediaType("Send multipart/form-data with the picture in the character field.");
        }

        if (!BodyLimit.Admit(context, (long)maxBytes + UploadForm.EnvelopeBytes))
        {
            return Problem.BodyTooLarge(maxBytes);
        }

        if (!headroom.HasRoom)
        {
            return Problem.StorageFull();
        }

        using var arrivingLease = limiter.Arrive();
        if (!arrivingLease.IsAcquired)
        {
            return Problem.UploadsBusy(context.Response);
        }

        UploadRate.Require(context);
        await using var buffer = new UploadBuffer(media, headroom);
        return await UploadForm.ReadAsync(context.Request, boundary, maxBytes, buffer, context.RequestAborted) switch
        {
            FormOutcome.Picture => await AcceptAsync(context, buffer, limiter, uploads, links),
            FormOutcome.TooLarge => Problem.BodyTooLarge(maxBytes),
            FormOutcome.Missing => Problem.Invalid(
                FieldErrors.Of(UploadForm.Field, "character is required: send the picture in this field.")),
            _ => Problem.MalformedRequest("The multipart form is malformed."),
        };
    }

    private static async Task<Results<Ok<PictureResource>, ProblemHttpResult>> AcceptAsync(
        HttpContext context, UploadBuffer buffer, UploadLimiter limiter, UploadLibrary uploads, MediaLinks links)
    {
        using var lease = await limiter.EnterAsync(buffer.Length, context.RequestAborted);
        if (lease is null)
        {
            return Problem.UploadsBusy(context.Response);
        }

        var file = await buffer.ReadAsync(context.RequestAborted);
        var added = await uploads.AddAsync(context.Caller().Owner, file, context.RequestAborted);
        return added.Picture is { } picture
            ? TypedResults.Ok(
                PictureResource.From(links.To(CharacterImageUrl.Of(added.Name)), picture.Size, picture.Focus))
            : added.Problem!;
    }
}
