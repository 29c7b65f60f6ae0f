using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using VideoGen.Api.Cluster;
using VideoGen.Api.Http;
using VideoGen.Grains.Media;

namespace VideoGen.Api.Pipeline;

/// <summary>
/// Turns an unhandled exception into a problem response. Logs it if it matters to the operator, and tells the client nothing
/// about it.
/// </summary>
internal sealed partial class ExceptionProblems(
    IStorageHeadroom headroom, ILogger<ExceptionProblems> logger, ClusterConnection? cluster = null) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        var problem = ProblemOf(context, exception);
        // The route values of the context are already cleared.
        var route = context.Features.Get<IExceptionHandlerFeature>()?.RouteValues;
        await (route?["id"] is string id ? problem.Of(id) : problem).ExecuteAsync(context);
        return true;
    }

    /// <summary>The problem that an exception means, which is logged if it matters to the operator.</summary>
    public ProblemHttpResult ProblemOf(HttpContext context, Exception exception)
    {
        // Too large, too slow or interrupted: caused by the client, so not logged.
        if (exception is BadHttpRequestException bad)
        {
            return Problem.ForStatus(bad.StatusCode);
        }

        // Thrown by the web server for a chunk with an invalid size: Transfer-Encoding: chunked, FFFFFFFFFFFFFFFF.
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

            // The embedded store shares the disk with the media and does not respond while the disk is full.
            case Failure.Unavailable:
                LogUnavailable(context.Request.Method, context.Request.Path, exception);
                return headroom.HasRoom ? Problem.Unavailable(context.Response) : Problem.StorageFull();

            default:
                LogBug(context.Request.Method, context.Request.Path, exception);
                return Problem.ForStatus(StatusCodes.Status500InternalServerError);
        }
    }

    /// <summary>Before the first connection to the cluster, the client fails with many exceptions that mean the same.</summary>
    private Failure Classify(Exception exception) => FailureOf.Classify(exception) is var failure && failure is Failure.Bug
        && cluster is { HasJoined: false }
            ? Failure.Unavailable
            : failure;

    [LoggerMessage(LogLevel.Error, "The media store is full")]
    private partial void LogStorageFull(Exception exception);

    [LoggerMessage(LogLevel.Warning, "{Method} {Path} was rejected because the process is low on memory")]
    private partial void LogOutOfMemory(string method, PathString path);

    [LoggerMessage(LogLevel.Warning, "{Method} {Path} failed because the cluster or its store did not respond")]
    private partial void LogUnavailable(string method, PathString path, Exception exception);

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed")]
    private partial void LogBug(string method, PathString path, Exception exception);
}
