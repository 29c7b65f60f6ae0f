using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Options;
using VideoGen.Api.Authentication;
using VideoGen.Api.Http;
using VideoGen.Api.RateLimiting;
using VideoGen.Grains.Media;

namespace VideoGen.Api.Uploads;

/// <summary>Accepts the picture of a character.</summary>
internal static class UploadEndpoints
{
    // A client that sends a byte per second must not hold a connection.
    private static readonly MinDataRate MinRate = new(bytesPerSecond: 16 * 1024, gracePeriod: TimeSpan.FromSeconds(10));

    public static void MapUploads(this IEndpointRouteBuilder app) => app.MapBothPrefixes(routes => routes
        .MapPost("/upload-character", UploadAsync)
        .WithName("uploadCharacter").WithTags("Characters").WithSummary("Uploads the picture of a character")
        .WithDescription("Accepts JPEG, PNG, WebP, GIF or AVIF. The picture is stored as an upright JPEG without metadata.")
        .Accepts<CharacterUpload>("multipart/form-data")
        .Costs(RequestCost.Upload)
        .ProducesProblems(400, 408, 413, 415, 422, 429, 503, 507));

    private static async Task<Results<Ok<CharacterResource>, ProblemHttpResult>> UploadAsync(
        HttpContext context, UploadLimiter limiter, IOptions<UploadOptions> options, IImageIntake intake, IMediaStore media,
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

        SetMinRate(context);
        await using var buffer = new UploadBuffer(media, headroom);
        return await UploadForm.ReadAsync(context.Request, boundary, maxBytes, buffer, context.RequestAborted) switch
        {
            FormOutcome.Picture => await AcceptAsync(context, buffer, limiter, intake, media, links),
            FormOutcome.TooLarge => Problem.BodyTooLarge(maxBytes),
            FormOutcome.Missing => Problem.Invalid(
                FieldErrors.Of(UploadForm.Field, "character is required: send the picture in this field.")),
            _ => Problem.MalformedRequest("The multipart form is malformed."),
        };
    }

    /// <summary>
    /// Over HTTP/2 many requests share a connection, whose rate Kestrel measures as a whole. Setting a rate there throws.
    /// </summary>
    private static void SetMinRate(HttpContext context)
    {
        if (HttpProtocol.IsHttp11(context.Request.Protocol) || HttpProtocol.IsHttp10(context.Request.Protocol))
        {
            context.Features.Get<IHttpMinRequestBodyDataRateFeature>()?.MinDataRate = MinRate;
        }
    }

    private static async Task<Results<Ok<CharacterResource>, ProblemHttpResult>> AcceptAsync(
        HttpContext context, UploadBuffer buffer, UploadLimiter limiter, IImageIntake intake, IMediaStore media, MediaLinks links)
    {
        using var lease = await limiter.EnterAsync(buffer.Length, context.RequestAborted);
        return lease is null
            ? Problem.UploadsBusy(context.Response)
            : await StoreAsync(context, await buffer.ReadAsync(context.RequestAborted), intake, media, links);
    }

    private static async Task<Results<Ok<CharacterResource>, ProblemHttpResult>> StoreAsync(
        HttpContext context, ReadOnlyMemory<byte> file, IImageIntake intake, IMediaStore media, MediaLinks links)
    {
        var cancellationToken = context.RequestAborted;
        switch (await intake.AcceptAsync(file, cancellationToken))
        {
            case IntakeOutcome.Accepted picture:
                var stored = await media.SaveAsync(MediaKind.Upload, MediaName.NewCharacter(context.Caller().Owner),
                    async (target, token) => await target.WriteAsync(picture.Jpeg, token), cancellationToken);
                return TypedResults.Ok(
                    CharacterResource.From(links.To(CharacterImageUrl.Of(stored.Name)), picture.Size, picture.Focus));

            case IntakeOutcome.Refused refused:
                return Problem.Create(StatusCodes.Status400BadRequest, refused.Code, refused.Detail);

            case var other:
                throw new InvalidOperationException($"{other.GetType().Name} is not a known upload outcome.");
        }
    }
}
