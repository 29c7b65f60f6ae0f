using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using VideoGen.Api.Pipeline;

namespace VideoGen.Api.Mcp;

/// <summary>Turns what fails while a resource is read into an error of the protocol, as the native API says it.</summary>
internal sealed class ResourceHandlers(VideoResources resources, IHttpContextAccessor http, ExceptionProblems exceptions)
{
    public ValueTask<ListResourcesResult> ListAsync(CancellationToken cancellationToken) =>
        GuardAsync(resources.ListAsync, cancellationToken);

    public ValueTask<ReadResourceResult> ReadAsync(
        RequestContext<ReadResourceRequestParams> request, CancellationToken cancellationToken) =>
        GuardAsync(() => resources.ReadAsync(request.Params?.Uri ?? "", cancellationToken), cancellationToken);

    private async ValueTask<T> GuardAsync<T>(Func<Task<T>> act, CancellationToken cancellationToken)
    {
        try
        {
            return await act();
        }
        catch (Exception exception) when (exception is not McpException && !cancellationToken.IsCancellationRequested)
        {
            var problem = exceptions.ProblemOf(ToolCall.Detached(http.HttpContext!), exception);
            throw new McpProtocolException(problem.ProblemDetails.Detail!, McpErrorCode.InternalError);
        }
    }
}
