using Microsoft.AspNetCore.Http.Timeouts;

namespace VideoGen.Api.RateLimiting;

/// <summary>What a request costs.</summary>
internal enum RequestCost
{
    /// <summary>Creates a generation, and may wait for it if the client prefers that.</summary>
    Submit,

    /// <summary>Uploads a picture.</summary>
    Upload,

    /// <summary>Opens an event stream.</summary>
    Stream,

    /// <summary>Reads a generation, and may wait for a change if the client prefers that.</summary>
    Read,
}

internal static class CostOfEndpoint
{
    /// <summary>Uploads and event streams have no request timeout: the minimum data rate applies instead.</summary>
    public static RouteHandlerBuilder Costs(this RouteHandlerBuilder route, RequestCost cost) =>
        cost is RequestCost.Upload or RequestCost.Stream
        ? route.WithMetadata(new CostMetadata(cost), new DisableRequestTimeoutAttribute())
        : route.WithMetadata(new CostMetadata(cost));

    public static RequestCost? CostOf(this HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<CostMetadata>()?.RequestCost;

    private sealed record CostMetadata(RequestCost RequestCost);
}
