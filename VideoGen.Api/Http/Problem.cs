using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace VideoGen.Api.Http;

/// <summary>
/// All errors of this API (RFC 9457): a status, a code for programs and a message that tells the user what to do.
/// </summary>
internal static class Problem
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    public static ProblemHttpResult Create(int status, string code, string detail, string? generationId = null) =>
        TypedResults.Problem(detail, statusCode: status, extensions: Extensions(status, code, generationId));

    public static ProblemHttpResult MalformedRequest(string detail) =>
        Create(StatusCodes.Status400BadRequest, ProblemCode.MalformedRequest, detail);

    public static ProblemHttpResult KeyNeeded(HttpResponse response)
    {
        response.Headers.WWWAuthenticate = "Bearer realm=\"VideoGen\"";
        return Create(StatusCodes.Status401Unauthorized, ProblemCode.KeyNeeded,
            "A valid API key is required. Send exactly one, in Authorization: Bearer or in X-API-Key.");
    }

    public static ProblemHttpResult OriginRefused() => Create(
        StatusCodes.Status403Forbidden, ProblemCode.OriginRefused,
        "Pages of this origin may not use this server. The operator can allow it: VideoGen__Http__Origins.");

    public static ProblemHttpResult GenerationNotFound(string? id = null) => Create(
        StatusCodes.Status404NotFound, ProblemCode.GenerationNotFound, "There is no generation with this id.", id);

    public static ProblemHttpResult NothingToRetry(string id) => Create(
        StatusCodes.Status409Conflict, ProblemCode.NothingToRetry, "Only a failed or canceled generation can be retried.", id);

    public static ProblemHttpResult GenerationExpired(string id, string reason) => Create(
        StatusCodes.Status410Gone, ProblemCode.GenerationExpired, $"{reason} Use regenerate to create it again.", id);

    public static ProblemHttpResult PictureGone(string id) => Create(
        StatusCodes.Status410Gone, ProblemCode.PictureGone,
        "The picture of this generation has been deleted. Upload it again and create a new generation.", id);

    public static ProblemHttpResult AlreadyFinished(string id) => Create(
        StatusCodes.Status409Conflict, ProblemCode.AlreadyFinished,
        "This generation has already finished, so it cannot be canceled.", id);

    public static ProblemHttpResult StillRunning(string id) => Create(
        StatusCodes.Status409Conflict, ProblemCode.StillRunning,
        "This generation has not finished. Cancel it first, then delete it.", id);

    public static ProblemHttpResult WebhookNotFound(string id) => Create(
        StatusCodes.Status404NotFound, ProblemCode.WebhookNotFound,
        "This generation has no webhook: it was created without webhookUrl.", id);

    public static ProblemHttpResult NothingToReplay(string id) => Create(
        StatusCodes.Status409Conflict, ProblemCode.NothingToReplay,
        "There is no webhook to replay yet: the generation has not finished, or finished only a moment ago.", id);

    public static ProblemHttpResult KeyReused() => Create(
        StatusCodes.Status422UnprocessableEntity, ProblemCode.KeyReused,
        "This Idempotency-Key was already used with a different request. Use a new key for a new request.");

    public static ProblemHttpResult BodyTooLarge(long limit) => Create(
        StatusCodes.Status413PayloadTooLarge, ProblemCode.BodyTooLarge,
        string.Create(CultureInfo.InvariantCulture, $"The body exceeds the limit of {limit:N0} bytes."));

    public static ProblemHttpResult UnsupportedMediaType(string detail) =>
        Create(StatusCodes.Status415UnsupportedMediaType, ProblemCode.UnsupportedMediaType, detail);

    public static ProblemHttpResult Invalid(FieldErrors errors)
    {
        var problem = Create(StatusCodes.Status422UnprocessableEntity, ProblemCode.ValidationFailed, errors.Sentence);
        problem.ProblemDetails.Extensions["errors"] = errors.ByField;
        return problem;
    }

    public static ProblemHttpResult QueueFull(HttpResponse response, TimeSpan retryAfter) => RetryLater(
        response, retryAfter, StatusCodes.Status429TooManyRequests, ProblemCode.QueueFull,
        "The queue is full. Try again later.");

    public static ProblemHttpResult LimitReached(HttpResponse response, LimitStatus limit)
    {
        RateLimitHeaders.Write(response, limit);
        var problem = RetryLater(
            response, limit.Reset, StatusCodes.Status429TooManyRequests, ProblemCode.LimitReached, limit.Sentence);
        problem.ProblemDetails.Extensions["limit"] = limit.Name;
        return problem;
    }

    public static ProblemHttpResult UploadsBusy(HttpResponse response) => RetryLater(
        response, Pause, StatusCodes.Status503ServiceUnavailable, ProblemCode.UploadsBusy,
        "Too many uploads are in progress. Try again in a few seconds.");

    public static ProblemHttpResult ConnectionsBusy(HttpResponse response) => RetryLater(
        response, Pause, StatusCodes.Status503ServiceUnavailable, ProblemCode.ConnectionsBusy,
        "Too many open connections. Try again in a few seconds.");

    public static ProblemHttpResult OutOfMemory(HttpResponse response) => RetryLater(
        response, Pause, StatusCodes.Status503ServiceUnavailable, ProblemCode.Unavailable,
        "The server is low on memory. Try again in a few seconds.");

    public static ProblemHttpResult StreamsBusy(HttpResponse response) => RetryLater(
        response, Pause, StatusCodes.Status503ServiceUnavailable, ProblemCode.StreamsBusy,
        "The server has too many open streams. Poll for the status instead, or try again in a few seconds.");

    public static ProblemHttpResult Unavailable(HttpResponse response) => RetryLater(
        response, Pause, StatusCodes.Status503ServiceUnavailable, ProblemCode.Unavailable,
        "The service cannot reach its storage. Accepted generations are safe. Try again in a few seconds.");

    public static ProblemHttpResult StorageFull() => Create(
        StatusCodes.Status507InsufficientStorage, ProblemCode.StorageFull,
        "The server's storage is full, so new requests are not accepted. Accepted generations continue when space is available.");

    /// <summary>Creates the problem of a response of which only the status is known.</summary>
    public static ProblemHttpResult ForStatus(int status) => status switch
    {
        StatusCodes.Status404NotFound => Create(status, ProblemCode.NotFound, "No resource exists at this URL."),
        StatusCodes.Status405MethodNotAllowed => Create(
            status, ProblemCode.MethodNotAllowed, "This URL does not support this method. See the Allow header."),
        StatusCodes.Status408RequestTimeout => Create(
            status, ProblemCode.RequestTimeout, "The request arrived too slowly or was interrupted. Send it again."),
        StatusCodes.Status412PreconditionFailed => Create(
            status, ProblemCode.PreconditionFailed, "The file does not match If-Match or If-Unmodified-Since."),
        StatusCodes.Status413PayloadTooLarge => Create(
            status, ProblemCode.BodyTooLarge, "The request body is too large."),
        StatusCodes.Status415UnsupportedMediaType => UnsupportedMediaType(
            "This content type is not supported. See /docs for the supported types."),
        StatusCodes.Status416RangeNotSatisfiable => Create(
            status, ProblemCode.RangeNotSatisfiable,
            "The requested range is outside the file. See Content-Range for its length."),
        >= StatusCodes.Status400BadRequest and < StatusCodes.Status500InternalServerError => Create(
            status, ProblemCode.MalformedRequest, "The request is malformed."),
        _ => Create(
            status, ProblemCode.InternalError, "The server encountered an internal error and logged it. Try again later."),
    };

    /// <summary>Writes the problem of a response that has a status but no body (unknown path, wrong method).</summary>
    public static Task WriteForStatusAsync(HttpContext context)
    {
        if (context.Response.Headers.Allow is [{ } allow] && allow.Contains("GET") && !allow.Contains("HEAD"))
        {
            context.Response.Headers.Allow = allow + ", HEAD";    // HEAD is routed as GET
        }

        return ForStatus(context.Response.StatusCode).ExecuteAsync(context);
    }

    /// <summary>Adds the id of a generation to a problem.</summary>
    public static ProblemHttpResult Of(this ProblemHttpResult problem, string generationId)
    {
        problem.ProblemDetails.Extensions["generationId"] = generationId;
        return problem;
    }

    /// <summary>Adds to a problem which field it is about.</summary>
    public static ProblemHttpResult Of(this ProblemHttpResult problem, string field, string sentence)
    {
        problem.ProblemDetails.Extensions["errors"] = FieldErrors.Of(field, sentence).ByField;
        return problem;
    }

    /// <summary>The code, and whether the same request can succeed later.</summary>
    private static Dictionary<string, object?> Extensions(int status, string code, string? generationId = null)
    {
        var extensions = new Dictionary<string, object?>
        {
            ["code"] = code,
            ["retryable"] = code is ProblemCode.StillRunning or ProblemCode.ChangedMeanwhile
                || status is StatusCodes.Status408RequestTimeout or StatusCodes.Status429TooManyRequests
                    or >= StatusCodes.Status500InternalServerError,
        };
        if (generationId is not null)
        {
            extensions["generationId"] = generationId;
        }

        return extensions;
    }

    private static ProblemHttpResult RetryLater(HttpResponse response, TimeSpan pause, int status, string code, string detail)
    {
        var seconds = Math.Max(1, (long)Math.Ceiling(pause.TotalSeconds));
        response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return Create(status, code, detail);
    }
}
