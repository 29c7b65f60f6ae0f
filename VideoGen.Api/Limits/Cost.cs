using Microsoft.AspNetCore.Http.Timeouts;

namespace VideoGen.Api.Limits;

/// <summary>What a request to an endpoint takes of the limits.</summary>
internal enum Cost
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
    public static RouteHandlerBuilder Costs(this RouteHandlerBuilder route, Cost cost) => cost is Cost.Upload or Cost.Stream
        ? route.WithMetadata(new CostMetadata(cost), new DisableRequestTimeoutAttribute())
        : route.WithMetadata(new CostMetadata(cost));

    public static Cost? CostOf(this HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<CostMetadata>()?.Cost;

    private sealed record CostMetadata(Cost Cost);
}
