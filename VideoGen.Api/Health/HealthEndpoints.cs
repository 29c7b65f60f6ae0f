using Microsoft.AspNetCore.Http.HttpResults;
using VideoGen.Api.Http;

namespace VideoGen.Api.Health;

/// <summary>GET /health, for the web client. Orchestrators use /alive and /ready.</summary>
internal static class HealthEndpoints
{
    private static readonly HealthResource Ok = new("ok", "AI Video Generator API");

    public static void MapHealth(this IEndpointRouteBuilder app) => app.MapBothPrefixes(routes => routes
        .MapMethods("/health", [HttpMethods.Get, HttpMethods.Head], Get)
        .WithName("getHealth").WithTags("Health").WithSummary("Checks that the API responds")
        .AllowAnonymous());

    private static Ok<HealthResource> Get() => TypedResults.Ok(Ok);
}

internal sealed record HealthResource(string Status, string Service);
