using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using VideoGen.Api.Authentication;
using VideoGen.Api.Http;
using VideoGen.Api.RateLimiting;
using VideoGen.Api.Uploads;
using VideoGen.Grains.Media;

namespace VideoGen.Api.Generations;

/// <summary>
/// Submits a request that comes with its picture: the picture is stored as an upload, with the same checks and limits.
/// </summary>
internal sealed class PictureSubmission(
    GenerationCreation creation, UploadLibrary uploads, IOptions<UploadOptions> options, IStorageHeadroom headroom)
{
    /// <summary>
    /// The address of the picture in a request whose fingerprint is taken: of a file its own bytes, because each upload of them
    /// gets another name.
    /// </summary>
    public static string IdentityOf(PictureReference? picture) => picture switch
    {
        PictureReference.File file => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(file.Bytes.Span)),
        PictureReference.Upload upload => CharacterImageUrl.Of(upload.Name),
        _ => "",
    };

    /// <summary>
    /// Submits the request, whose address is <see cref="IdentityOf"/> the picture, unless it repeats an earlier one. Frees
    /// <paramref name="lease"/> when the picture is stored.
    /// </summary>
    public async Task<SubmissionOutcome> SubmitAsync(
        HttpContext context, GenerationSubmission submission, GenerateVideoRequest request, PictureReference? picture,
        PictureLease lease)
    {
        if (await submission.FindAsync() is { } earlier)
        {
            return earlier;
        }

        if (picture is not PictureReference.File file)
        {
            return await creation.SubmitAsync(context, submission, request, new FieldErrors());
        }

        if (file.Bytes.Length > options.Value.MaxUploadBytes)
        {
            return SubmissionOutcome.Rejected(Problem.BodyTooLarge(options.Value.MaxUploadBytes));
        }

        if (!headroom.HasRoom)
        {
            return SubmissionOutcome.Rejected(Problem.StorageFull());
        }

        if (!await lease.EnterAsync(file.Bytes.Length, context.RequestAborted))
        {
            return SubmissionOutcome.Rejected(Problem.UploadsBusy(context.Response));
        }

        var added = await uploads.AddAsync(context.Caller().Owner, file.Bytes, context.RequestAborted);
        if (added.Problem is { } refused)
        {
            return SubmissionOutcome.Rejected(refused.Of("characterImageUrl", refused.ProblemDetails.Detail!));
        }

        lease.Dispose();
        return await creation.SubmitAsync(
            context, submission, request with { CharacterImageUrl = CharacterImageUrl.Of(added.Name) }, new FieldErrors());
    }
}
