using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using VideoGen.Api.Authentication;
using VideoGen.Api.Http;

namespace VideoGen.Api.Mcp;

/// <summary>One call of a tool.</summary>
internal sealed class ToolCall
{
    private readonly RequestContext<CallToolRequestParams> _request;

    public ToolCall(HttpContext http, RequestContext<CallToolRequestParams> request)
    {
        _request = request;

        Http = Detached(http);
        Arguments = new Dictionary<string, JsonElement>(request.Params.Arguments ?? new Dictionary<string, JsonElement>());
    }

    /// <summary>The request, with a response of its own.</summary>
    public HttpContext Http { get; }

    public IReadOnlyDictionary<string, JsonElement> Arguments { get; }

    public string Owner => Http.Caller().Owner;

    /// <summary>
    /// What is the same when the client sends the same call again; null where the protocol has no session, so that ids of
    /// requests mean nothing.
    /// </summary>
    public string? Repetition => Http.Features.Get<McpSession>() is { } session
        ? $"mcp {session.Id} {(_request.JsonRpcRequest.Id.Id is string ? "text" : "number")} {_request.JsonRpcRequest.Id}"
        : null;

    /// <summary>
    /// The request with a response of its own: the transport may have sent the headers of the response already, and those of a
    /// problem are part of the answer instead.
    /// </summary>
    public static HttpContext Detached(HttpContext http)
    {
        var features = new FeatureCollection(http.Features);
        features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        return new DefaultHttpContext(features);
    }

    /// <summary>The text of an argument; null if it is missing. Adds an error if it is something else.</summary>
    public string? Text(string name, FieldErrors errors)
    {
        if (!Arguments.TryGetValue(name, out var value) || value.ValueKind is JsonValueKind.Null)
        {
            return null;
        }

        var text = value.ValueKind is JsonValueKind.Number ? value.GetRawText() : value.AsText();
        if (text is null)
        {
            errors.Add(name, $"{name} must be a string.");
        }

        return text;
    }

    /// <summary>The id of a video. Adds an error if it is missing.</summary>
    public string Id(FieldErrors errors)
    {
        var id = Text("id", errors);
        if (id is null && !errors.Any)
        {
            errors.Add("id", "id is required: the one that generate_video or create_storyboard returned.");
        }

        return id ?? "";
    }

    /// <summary>Tells the client about the progress, if it asked for that. <paramref name="progress"/> must grow.</summary>
    public Task ReportAsync(float progress, string message, CancellationToken cancellationToken) =>
        _request.Params.ProgressToken is not { } token ? Task.CompletedTask : _request.Server.NotifyProgressAsync(
            token, new ProgressNotificationValue { Progress = progress, Total = 100, Message = message },
            cancellationToken: cancellationToken);
}
