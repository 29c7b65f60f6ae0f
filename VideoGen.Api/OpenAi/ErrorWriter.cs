using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using VideoGen.Api.Http;

namespace VideoGen.Api.OpenAi;

/// <summary>
/// Writes every problem of a request under <c>/v1</c>, whoever found it, as the error of this dialect. What the native API
/// answers with 422 is 400 here, and fields have the names of the dialect.
/// </summary>
internal sealed class ErrorWriter : IProblemDetailsWriter
{
    public const string NotReady = "video_not_ready";

    /// <summary>How long an SDK waits before it repeats a request; it ignores longer times and repeats at once.</summary>
    private const int MaxWait = 60;

    private const string Pause = "5";

    public bool CanWrite(ProblemDetailsContext context) => OpenAiHeaders.IsDialect(context.HttpContext.Request);

    public ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var response = context.HttpContext.Response;
        var problem = context.ProblemDetails;
        var code = problem.Extensions.TryGetValue("code", out var given) ? given as string : null;
        response.StatusCode = StatusOf(response.StatusCode, code);
        Advise(response, code);
        var error = new ErrorResource(new ErrorDetails(
            MessageOf(problem, code), TypeOf(response.StatusCode), ParamOf(problem, code), CodeOf(code)));
        return new ValueTask(response.WriteAsJsonAsync(
            error, OpenAiJson.Readable.ErrorResource, cancellationToken: context.HttpContext.RequestAborted));
    }

    /// <summary>
    /// SDKs repeat 408, 409, 429 and 5xx. They are told when to do so, and that other errors remain.
    /// </summary>
    private static void Advise(HttpResponse response, string? code)
    {
        var headers = response.Headers;
        switch (response.StatusCode)
        {
            case StatusCodes.Status408RequestTimeout or >= StatusCodes.Status500InternalServerError:
                headers.RetryAfter = headers.RetryAfter.Count == 0 ? Pause : headers.RetryAfter;
                break;
            case StatusCodes.Status429TooManyRequests when SecondsOf(headers) <= MaxWait:
            case StatusCodes.Status404NotFound when code == NotReady:
                break;
            default:
                headers["x-should-retry"] = "false";
                break;
        }
    }

    private static int SecondsOf(IHeaderDictionary headers) =>
        int.TryParse(headers.RetryAfter, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : 0;

    private static int StatusOf(int status, string? code) => code switch
    {
        ProblemCode.ValidationFailed or ProblemCode.KeyReused => StatusCodes.Status400BadRequest,
        _ => status,
    };

    private static string TypeOf(int status) => status switch
    {
        StatusCodes.Status429TooManyRequests => "rate_limit_error",
        >= StatusCodes.Status500InternalServerError => "server_error",
        _ => "invalid_request_error",
    };

    private static string? CodeOf(string? code) => code switch
    {
        ProblemCode.ValidationFailed => "invalid_value",
        ProblemCode.KeyNeeded => "invalid_api_key",
        ProblemCode.GenerationNotFound => "video_not_found",
        _ => code,
    };

    private static string? ParamOf(ProblemDetails problem, string? code) =>
        problem.Extensions.TryGetValue(VideoProblem.Param, out var param) ? param as string
        : code is ProblemCode.GenerationNotFound ? "video_id"
        : problem.Extensions.TryGetValue("errors", out var errors) && errors is Dictionary<string, string[]> { Count: > 0 } fields
        ? VideoFields.DialectNames.Of(fields.Keys.First())
        : null;

    private static string MessageOf(ProblemDetails problem, string? code) => code switch
    {
        ProblemCode.GenerationNotFound => "There is no video with this id.",
        ProblemCode.ValidationFailed => VideoFields.DialectNames.In(problem.Detail ?? ""),
        _ => problem.Detail ?? problem.Title ?? "The request failed.",
    };
}
