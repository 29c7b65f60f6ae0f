using Microsoft.AspNetCore.Http.Timeouts;

namespace VideoGen.Api.RateLimiting;

/// <summary>What a request to an endpoint takes of the limits.</summary>
internal enum RequestCost
{
    /// <summary>It orders a film, and may wait for it, when the client prefers that.</summary>
    Submit,

    /// <summary>It brings a picture.</summary>
    Upload,

    /// <summary>It stays open and watches.</summary>
    Stream,

    /// <summary>It may wait for news, when the client prefers that.</summary>
    Read,
}

internal static class CostOfEndpoint
{
    /// <summary>What brings a picture or stays open has no time limit: its pace is watched instead.</summary>
    public static RouteHandlerBuilder Costs(this RouteHandlerBuilder route, RequestCost cost) => cost is RequestCost.Upload or RequestCost.Stream
        ? route.WithMetadata(new CostMetadata(cost), new DisableRequestTimeoutAttribute())
        : route.WithMetadata(new CostMetadata(cost));

    public static RequestCost? CostOf(this HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<CostMetadata>()?.RequestCost;

    private sealed record CostMetadata(RequestCost RequestCost);
}
