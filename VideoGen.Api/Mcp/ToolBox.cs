using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using VideoGen.Api.Authentication;
using VideoGen.Api.Http;
using VideoGen.Api.Pipeline;
using VideoGen.Api.Uploads;

namespace VideoGen.Api.Mcp;

/// <summary>All tools. A call of one that fails, for any reason, gets an error of the tool, which the model can read.</summary>
internal sealed class ToolBox(
    IEnumerable<VideoTool> tools, IHttpContextAccessor http, ExceptionProblems exceptions, Audit audit)
{
    private readonly Dictionary<string, VideoTool> _byName = tools.ToDictionary(tool => tool.Description.Name);

    public ValueTask<ListToolsResult> ListAsync() =>
        new(new ListToolsResult { Tools = [.. _byName.Values.Select(tool => tool.Description)] });

    public async ValueTask<CallToolResult> CallAsync(
        RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken)
    {
        var tool = _byName.GetValueOrDefault(request.Params?.Name ?? "") ?? throw new McpProtocolException(
            $"There is no such tool. The tools are {string.Join(", ", _byName.Keys)}.", McpErrorCode.InvalidParams);
        var call = new ToolCall(http.HttpContext!, request);
        if (!tool.TakesPicture)
        {
            call.Http.Features.Get<PictureLease>()?.Dispose();
        }

        var answer = await RunAsync(tool, call, cancellationToken);
        if (tool.Act is { } act)
        {
            audit.Did(call.Http, act, answer.Outcome, answer.VideoId);
        }

        return answer.Result;
    }

    private async Task<ToolAnswer> RunAsync(VideoTool tool, ToolCall call, CancellationToken cancellationToken)
    {
        try
        {
            return Unknown(tool, call) is { } errors
                ? ToolAnswer.Of(Problem.Invalid(errors), call.Http.Response)
                : await tool.RunAsync(call, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return ToolAnswer.Of(exceptions.ProblemOf(call.Http, exception), call.Http.Response);
        }
    }

    /// <summary>An argument with a wrong name is an error and not ignored, because models guess names.</summary>
    private static FieldErrors? Unknown(VideoTool tool, ToolCall call)
    {
        var known = tool.Description.InputSchema.GetProperty("properties");
        if (call.Arguments.Keys.All(name => known.TryGetProperty(name, out _)))
        {
            return null;
        }

        var names = known.EnumerateObject().Select(property => property.Name).DefaultIfEmpty("none");
        return FieldErrors.Of(
            "arguments", $"{tool.Description.Name} does not have one of these arguments. It takes {string.Join(", ", names)}.");
    }
}
