using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace VideoGen.Api.Http;

/// <summary>
/// Every error this API answers with (RFC 9457): a status, a code for programs and a sentence for people that says what to do.
/// </summary>
internal static class Problem
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    public static ProblemHttpResult Create(int status, string code, string detail, string? generationId = null) => TypedResults.Problem(
        detail, statusCode: status, extensions: Extensions(status, code, generationId));

    public static ProblemHttpResult MalformedRequest(string detail) =>
        Create(StatusCodes.Status400BadRequest, ProblemCode.MalformedRequest, detail);

    public static ProblemHttpResult KeyNeeded(HttpResponse response)
    {
        response.Headers.WWWAuthenticate = "Bearer realm=\"VideoGen\"";
        return Create(StatusCodes.Status401Unauthorized, ProblemCode.KeyNeeded,
            "This needs a valid API key: send it as Authorization: Bearer or as X-API-Key, and only one.");
    }

    public static ProblemHttpResult GenerationNotFound(string? id = null) => Create(
        StatusCodes.Status404NotFound, ProblemCode.GenerationNotFound, "There is no generation with this id.", id);

    public static ProblemHttpResult NothingToRetry(string id) => Create(
        StatusCodes.Status409Conflict, ProblemCode.NothingToRetry, "Only a failed or canceled generation can be retried.", id);

    public static ProblemHttpResult GenerationExpired(string id, string reason) => Create(
        StatusCodes.Status410Gone, ProblemCode.GenerationExpired, $"{reason} Order it again with regenerate.", id);

    public static ProblemHttpResult PictureGone(string id) => Create(
        StatusCodes.Status410Gone, ProblemCode.PictureGone,
        "The picture of this generation is not kept any more. Upload it again and order a new film.", id);

    public static ProblemHttpResult AlreadyFinished(string id) => Create(
        StatusCodes.Status409Conflict, ProblemCode.AlreadyFinished, "This generation has ended already: there is nothing to cancel.", id);

    public static ProblemHttpResult StillRunning(string id) => Create(
        StatusCodes.Status409Conflict, ProblemCode.StillRunning,
        "This generation has not ended: cancel it first, and delete it when it is canceled.", id);

    public static ProblemHttpResult WebhookNotFound(string id) => Create(
        StatusCodes.Status404NotFound, ProblemCode.WebhookNotFound,
        "This generation is announced to nobody: its order had no webhookUrl.", id);

    public static ProblemHttpResult NothingToReplay(string id) => Create(
        StatusCodes.Status409Conflict, ProblemCode.NothingToReplay,
        "Nothing was announced yet: the generation has not ended, or ended only a moment ago.", id);

    public static ProblemHttpResult KeyReused() => Create(
        StatusCodes.Status422UnprocessableEntity, ProblemCode.KeyReused,
        "This Idempotency-Key was sent with another request before. Send a new key with a new request.");

    public static ProblemHttpResult BodyTooLarge(long limit) => Create(
        StatusCodes.Status413PayloadTooLarge, ProblemCode.BodyTooLarge,
        string.Create(CultureInfo.InvariantCulture, $"This is more than the {limit:N0} bytes that are accepted here."));

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
        "Too many generations are waiting already. Send this one again a little later.");

    public static ProblemHttpResult LimitReached(HttpResponse response, LimitStatus limit)
    {
        RateLimitHeaders.Tell(response, limit);
        var problem = RetryLater(
            response, limit.Reset, StatusCodes.Status429TooManyRequests, ProblemCode.LimitReached, limit.Sentence);
        problem.ProblemDetails.Extensions["limit"] = limit.Name;
        return problem;
    }

    public static ProblemHttpResult UploadsBusy(HttpResponse response) => RetryLater(
        response, Pause, StatusCodes.Status503ServiceUnavailable, ProblemCode.UploadsBusy,
        "Too many pictures are being taken in right now. Send this one again in a few seconds.");

    public static ProblemHttpResult ConnectionsBusy(HttpResponse response) => RetryLater(
        response, Pause, StatusCodes.Status503ServiceUnavailable, ProblemCode.ConnectionsBusy,
        "Too many connections are open right now. Try again in a few seconds.");

    public static ProblemHttpResult OutOfMemory(HttpResponse response) => RetryLater(
        response, Pause, StatusCodes.Status503ServiceUnavailable, ProblemCode.Unavailable,
        "The server is short of memory right now. Try again in a few seconds.");

    public static ProblemHttpResult StreamsBusy(HttpResponse response) => RetryLater(
        response, Pause, StatusCodes.Status503ServiceUnavailable, ProblemCode.StreamsBusy,
        "Too many clients are watching here already. Ask for the status instead, or try again in a few seconds.");

    public static ProblemHttpResult Unavailable(HttpResponse response) => RetryLater(
        response, Pause, StatusCodes.Status503ServiceUnavailable, ProblemCode.Unavailable,
        "The service cannot reach its storage right now. Nothing accepted is lost; try again in a few seconds.");

    public static ProblemHttpResult StorageFull() => Create(
        StatusCodes.Status507InsufficientStorage, ProblemCode.StorageFull,
        "The server's disk is full, so nothing new is taken on. What was accepted goes on when there is room.");

    /// <summary>What is said where nothing but the status is known.</summary>
    public static ProblemHttpResult ForStatus(int status) => status switch
    {
        StatusCodes.Status404NotFound => Create(status, ProblemCode.NotFound, "There is nothing at this address."),
        StatusCodes.Status405MethodNotAllowed => Create(
            status, ProblemCode.MethodNotAllowed, "This address does not take this method; the Allow header says which."),
        StatusCodes.Status408RequestTimeout => Create(
            status, ProblemCode.RequestTimeout, "The request came in too slowly, or stopped half-way. Send it again."),
        StatusCodes.Status412PreconditionFailed => Create(
            status, ProblemCode.PreconditionFailed, "This is not the file that If-Match or If-Unmodified-Since asks for."),
        StatusCodes.Status413PayloadTooLarge => Create(
            status, ProblemCode.BodyTooLarge, "The body of this request is larger than what is accepted here."),
        StatusCodes.Status415UnsupportedMediaType => UnsupportedMediaType(
            "This kind of content is not accepted here; /docs says which is."),
        StatusCodes.Status416RangeNotSatisfiable => Create(
            status, ProblemCode.RangeNotSatisfiable, "The asked range lies outside the file; Content-Range says how long it is."),
        >= StatusCodes.Status400BadRequest and < StatusCodes.Status500InternalServerError => Create(
            status, ProblemCode.MalformedRequest, "This is not a request that can be understood."),
        _ => Create(status, ProblemCode.InternalError, "Something went wrong on the server. It was logged; try again later."),
    };

    /// <summary>Writes the problem of a response that has a status and no body yet (unknown path, wrong method).</summary>
    public static Task WriteForStatusAsync(HttpContext context)
    {
        if (context.Response.Headers.Allow is [{ } allow] && allow.Contains("GET") && !allow.Contains("HEAD"))
        {
            context.Response.Headers.Allow = allow + ", HEAD";    // it is routed as GET
        }

        return ForStatus(context.Response.StatusCode).ExecuteAsync(context);
    }

    /// <summary>The same problem, of a generation.</summary>
    public static ProblemHttpResult Of(this ProblemHttpResult problem, string generationId)
    {
        problem.ProblemDetails.Extensions["generationId"] = generationId;
        return problem;
    }

    /// <summary>The code, and whether the same request can succeed later without anybody changing it.</summary>
    private static Dictionary<string, object?> Extensions(int status, string code, string? generationId = null)
    {
        var extensions = new Dictionary<string, object?>
        {
            ["code"] = code,
            ["retryable"] = code is ProblemCode.StillRunning || status is StatusCodes.Status408RequestTimeout
                or StatusCodes.Status429TooManyRequests or >= StatusCodes.Status500InternalServerError,
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
