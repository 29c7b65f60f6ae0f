using Microsoft.AspNetCore.Http.HttpResults;
using VideoGen.Api.Generations;
using VideoGen.Api.Http;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Api.OpenAi;

/// <summary>
/// The problems that only this dialect has. <see cref="ErrorWriter"/> writes them, like all others, in the form of the dialect.
/// </summary>
internal static class VideoProblem
{
    /// <summary>The member of a problem that names the parameter.</summary>
    public const string Param = "param";

    public static ProblemHttpResult Invalid(string param, string sentence) =>
        Create(StatusCodes.Status400BadRequest, "invalid_value", sentence, param);

    public static ProblemHttpResult PictureMissing() => Create(
        StatusCodes.Status400BadRequest, "missing_required_parameter",
        "input_reference is required: send the picture that the video begins with as a file, as a data URL, or as the address "
        + "of an upload.", VideoFields.Picture);

    public static ProblemHttpResult PictureUnusable(string sentence) =>
        Create(StatusCodes.Status400BadRequest, "invalid_image_url", sentence, VideoFields.Picture);

    public static ProblemHttpResult ModelNotFound(IEnumerable<string> names) => Create(
        StatusCodes.Status400BadRequest, "model_not_found",
        $"There is no such model. model must be one of {string.Join(", ", names)}.", VideoFields.Model);

    public static ProblemHttpResult ModelUnknown() => Create(
        StatusCodes.Status404NotFound, "model_not_found", "There is no such model. GET /v1/models lists them.",
        VideoFields.Model);

    public static ProblemHttpResult NotSupported(string what) => Create(
        StatusCodes.Status404NotFound, "not_supported", $"This server does not support {what} of videos.");

    /// <summary>Why a video has no content; null if it should have one.</summary>
    public static ProblemHttpResult? NoContent(HttpResponse response, GenerationSnapshot generation)
    {
        switch (generation.Status)
        {
            case GenerationStatus.Completed:
                return null;
            case GenerationStatus.Expired:
                return Expired(generation);
            case GenerationStatus.Failed or GenerationStatus.Canceled:
                return Create(
                    StatusCodes.Status404NotFound, "video_failed",
                    $"This video has no content: {VideoErrorResource.From(generation)!.Message}");
            default:
                response.Headers.RetryAfter = "2";
                return Create(
                    StatusCodes.Status404NotFound, ErrorWriter.NotReady,
                    "This video is not complete yet. Ask for its status until it is completed.");
        }
    }

    public static ProblemHttpResult Expired(GenerationSnapshot generation) => Create(
        StatusCodes.Status404NotFound, "video_expired", generation.Expiry is { } expiry
            ? ExpiryResource.SentenceOf(expiry.Reason)
            : "The files of this video were deleted.");

    private static ProblemHttpResult Create(int status, string code, string sentence, string? param = null)
    {
        var problem = Problem.Create(status, code, sentence);
        problem.ProblemDetails.Extensions[Param] = param;
        return problem;
    }
}
