using VideoGen.Api.Generations;
using VideoGen.Api.Http;
using VideoGen.Api.Uploads;

namespace VideoGen.Api.OpenAi;

/// <summary>
/// Translates a request of this dialect into an upload and a generation of the native API, with the same checks, limits and
/// idempotency keys.
/// </summary>
internal sealed class VideoCreation(
    IGrainFactory grains, PictureSubmission pictures, VideoModels models, Waiting waiting, ClientRetries retries)
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
        var request = VideoFields.ToRequest(
            body.Fields, size, model, PictureSubmission.IdentityOf(body.Picture), errors);
        var key = IdempotencyKey.Read(context.Request, errors);
        if (errors.Any)
        {
            return SubmissionOutcome.Rejected(Problem.Invalid(errors));
        }

        var submission = new GenerationSubmission(
            context, grains, waiting, key, Fingerprint.OfSubmission(request), retries);
        return body.Picture switch
        {
            null => SubmissionOutcome.Rejected(VideoProblem.PictureMissing()),
            PictureReference.Unusable unusable => SubmissionOutcome.Rejected(VideoProblem.PictureUnusable(unusable.Sentence)),
            var picture => await pictures.SubmitAsync(context, submission, request, picture, body.Lease!),
        };
    }
}
