using System.Security.Cryptography;
using VideoGen.Api.Authentication;
using VideoGen.Api.Generations;
using VideoGen.Api.Http;
using VideoGen.Api.Uploads;
using VideoGen.Grains.Media;

namespace VideoGen.Api.OpenAi;

/// <summary>
/// Translates a request of this dialect into an upload and a generation of the native API, with the same checks, limits and
/// idempotency keys.
/// </summary>
internal sealed class VideoCreation(
    IGrainFactory grains, GenerationCreation creation, VideoModels models, UploadLibrary uploads, IStorageHeadroom headroom,
    Waiting waiting)
{
    public async Task<SubmissionOutcome> SubmitAsync(HttpContext context, VideoBody body)
    {
        if (VideoSize.Of(body.Fields.TextOf(VideoFields.Size)) is not { } size)
        {
            return SubmissionOutcome.Rejected(VideoProblem.Invalid(
                VideoFields.Size, $"size must be one of {string.Join(", ", VideoSize.Names)}."));
        }

        var (model, unknown) = await models.FindAsync(body.Fields.TextOf(VideoFields.Model));
        if (unknown is not null)
        {
            return SubmissionOutcome.Rejected(unknown);
        }

        var errors = new FieldErrors();
        var request = VideoFields.ToRequest(body.Fields, size, model, IdentityOf(body.Picture), errors);
        var key = IdempotencyKey.Read(context.Request, errors);
        if (errors.Any)
        {
            return SubmissionOutcome.Rejected(Problem.Invalid(errors));
        }

        var submission = new GenerationSubmission(context, grains, waiting, key, Fingerprint.OfSubmission(request));
        return body.Picture switch
        {
            null => SubmissionOutcome.Rejected(VideoProblem.PictureMissing()),
            PictureReference.Unusable unusable => SubmissionOutcome.Rejected(unusable.Problem),
            _ => await submission.FindAsync() ?? await SubmitAsync(context, body, submission, request),
        };
    }

    private async Task<SubmissionOutcome> SubmitAsync(
        HttpContext context, VideoBody body, GenerationSubmission submission, GenerateVideoRequest request)
    {
        if (body.Picture is not PictureReference.File file)
        {
            return await creation.SubmitAsync(context, submission, request, new FieldErrors());
        }

        if (!headroom.HasRoom)
        {
            return SubmissionOutcome.Rejected(Problem.StorageFull());
        }

        if (!await body.Lease!.EnterAsync(file.Bytes.Length, context.RequestAborted))
        {
            return SubmissionOutcome.Rejected(Problem.UploadsBusy(context.Response));
        }

        var added = await uploads.AddAsync(context.Caller().Owner, file.Bytes, context.RequestAborted);
        if (added.Problem is { } refused)
        {
            refused.ProblemDetails.Extensions[VideoProblem.Param] = VideoFields.Picture;
            return SubmissionOutcome.Rejected(refused);
        }

        body.Lease.Dispose();
        return await creation.SubmitAsync(
            context, submission, request with { CharacterImageUrl = CharacterImageUrl.Of(added.Name) }, new FieldErrors());
    }

    /// <summary>
    /// What identifies the picture in the fingerprint of a request: its own bytes, because each upload of them gets another name.
    /// </summary>
    private static string IdentityOf(PictureReference? picture) => picture switch
    {
        PictureReference.File file => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(file.Bytes.Span)),
        PictureReference.Upload upload => CharacterImageUrl.Of(upload.Name),
        _ => "",
    };
}
