using Microsoft.AspNetCore.Http.HttpResults;
using VideoGen.Api.Http;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Api.RateLimiting;

/// <summary>Reports the cluster-wide limits of an owner to the client.</summary>
internal static class OwnerLimits
{
    /// <summary>
    /// Returns the problem if a limit rejected the request. Otherwise adds the headers with the rest of the quotas.
    /// </summary>
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
