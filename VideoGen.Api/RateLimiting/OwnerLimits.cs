using Microsoft.AspNetCore.Http.HttpResults;
using VideoGen.Api.Http;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Api.RateLimiting;

/// <summary>What the cluster counted of an owner, told to the client.</summary>
internal static class OwnerLimits
{
    /// <summary>The problem when one of the limits refused the order; else the headers say what is left.</summary>
    public static ProblemHttpResult? Tell(HttpResponse response, QuotaReply? allowance)
    {
        if (allowance?.Refusal is { } refusal)
        {
            return Problem.LimitReached(response, LimitStatus.Of(refusal));
        }

        foreach (var standing in allowance?.Standings ?? [])
        {
            RateLimitHeaders.Tell(response, LimitStatus.Of(standing));
        }

        return null;
    }
}
