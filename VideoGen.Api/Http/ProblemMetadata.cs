namespace VideoGen.Api.Http;

internal static class ProblemMetadata
{
    /// <summary>Documents the problem statuses of an operation. 500 is always possible.</summary>
    public static RouteHandlerBuilder ProducesProblems(this RouteHandlerBuilder route, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
        {
            route.ProducesProblem(status);
        }

        return route.ProducesProblem(StatusCodes.Status500InternalServerError);
    }
}
