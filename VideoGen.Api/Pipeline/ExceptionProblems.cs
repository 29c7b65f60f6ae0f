using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using VideoGen.Api.Cluster;
using VideoGen.Api.Http;
using VideoGen.Grains.Media;

namespace VideoGen.Api.Pipeline;

/// <summary>Answers a request whose handler threw; what is worth it is logged, and the client is told nothing of it.</summary>
internal sealed partial class ExceptionProblems(
    IStorageHeadroom headroom, ILogger<ExceptionProblems> logger, ClusterConnection? cluster = null) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        var problem = Answer(context, exception);
        var route = context.Features.Get<IExceptionHandlerFeature>()?.RouteValues;    // those of the context are cleared by now
        await (route?["id"] is string id ? problem.Of(id) : problem).ExecuteAsync(context);
        return true;
    }

    private ProblemHttpResult Answer(HttpContext context, Exception exception)
    {
        // Too large, too slow, cut off: the client's doing, and no news for the operator.
        if (exception is BadHttpRequestException bad)
        {
            return Problem.ForStatus(bad.StatusCode);
        }

        // What the web server makes of a chunk whose declared size is no number of bytes: Transfer-Encoding: chunked, FFFFFFFFFFFFFFFF.
        if (exception is IOException { InnerException: OverflowException })
        {
            return Problem.ForStatus(StatusCodes.Status400BadRequest);
        }

        switch (Classify(exception))
        {
            case Failure.StorageFull:
                LogStorageFull(exception);
                return Problem.StorageFull();

            case Failure.OutOfMemory:
                LogOutOfMemory(context.Request.Method, context.Request.Path);
                return Problem.OutOfMemory(context.Response);

            // The embedded store shares the disk with the media and does not answer while that is full.
            case Failure.Unavailable:
                LogUnavailable(context.Request.Method, context.Request.Path, exception);
                return headroom.HasRoom ? Problem.Unavailable(context.Response) : Problem.StorageFull();

            default:
                LogBug(context.Request.Method, context.Request.Path, exception);
                return Problem.ForStatus(StatusCodes.Status500InternalServerError);
        }
    }

    /// <summary>Before a cluster was ever reached, the client fails in many ways, and all of them mean the same.</summary>
    private Failure Classify(Exception exception) => FailureOf.Classify(exception) is var failure && failure is Failure.Bug
        && cluster is { HasJoined: false }
            ? Failure.Unavailable
            : failure;

    [LoggerMessage(LogLevel.Error, "The media store is full")]
    private partial void LogStorageFull(Exception exception);

    [LoggerMessage(LogLevel.Warning, "{Method} {Path} was refused because the process is short of memory")]
    private partial void LogOutOfMemory(string method, PathString path);

    [LoggerMessage(LogLevel.Warning, "{Method} {Path} failed because the cluster or its store did not answer")]
    private partial void LogUnavailable(string method, PathString path, Exception exception);

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed")]
    private partial void LogBug(string method, PathString path, Exception exception);
}
