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

    /// <summary>What the request costs; more than one thing where a route does several.</summary>
    public static IReadOnlyList<RequestCost> CostsOf(this HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetOrderedMetadata<CostMetadata>() is { Count: > 0 } costs
            ? [.. costs.Select(cost => cost.RequestCost)]
            : [];

    private sealed record CostMetadata(RequestCost RequestCost);
}
