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
    public static ProblemHttpResult? Write(HttpResponse response, QuotaReply? reply)
    {
        if (reply?.Refusal is { } refusal)
        {
            return Problem.LimitReached(response, LimitStatus.Of(refusal));
        }

        foreach (var status in reply?.Standings ?? [])
        {
            RateLimitHeaders.Write(response, LimitStatus.Of(status));
        }

        return null;
    }
}
