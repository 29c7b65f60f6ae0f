using System.Text.Json.Nodes;
using VideoGen.FakeHub.Requests;

namespace VideoGen.FakeHub.Router;

/// <summary>A small answer written as it is.</summary>
internal sealed record Answer(int Status, string ContentType, string Body, params (string Name, string Value)[] Headers) : IResult
{
    private const string Page = "<!DOCTYPE html><html><head><title>One moment</title></head><body>Please wait.</body></html>";

    public static Answer Html(int? status) => new(status ?? 200, "text/html; charset=utf-8", Page);

    public static Answer Json(JsonNode body, int status = 200, params (string, string)[] headers) =>
        new(status, "application/json", body.ToJsonString(), headers);

    public static Answer Text(int status, string body) => new(status, "text/plain; charset=utf-8", body);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = ContentType;
        foreach (var (name, value) in Headers)
        {
            response.Headers[name] = value;
        }

        return response.WriteAsync(Body, httpContext.RequestAborted);
    }
}

/// <summary>The connection is cut instead of an answer.</summary>
internal sealed class Hangup : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.HangUp();
        return Task.CompletedTask;
    }
}
