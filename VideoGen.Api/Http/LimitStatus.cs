using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Api.Http;

/// <summary>
/// The status of a rate limit as in draft-ietf-httpapi-ratelimit-headers-10: the quota per window (if there is one), the rest of
/// the quota and the time until it increases.
/// </summary>
internal sealed record LimitStatus(
    string Name, string Sentence, long Quota, TimeSpan? Window, long Left, TimeSpan Reset, string? Unit = null)
{
    public const string Bytes = "content-bytes";
    public const string Concurrent = "concurrent-requests";

    public static LimitStatus Of(QuotaStatus quota) => quota.Kind switch
    {
        QuotaKind.Submits => new("submits",
            "Too many generations in one minute. Wait before you create another one.",
            quota.Limit, TimeSpan.FromMinutes(1), quota.Left, quota.Reset),
        QuotaKind.Renders => new("renders",
            "Too many generations in one day. The limit resets at midnight UTC.",
            quota.Limit, TimeSpan.FromDays(1), quota.Left, quota.Reset),
        QuotaKind.Unfinished => new("unfinished",
            "Too many unfinished generations. Wait for one to finish, or cancel one.",
            quota.Limit, null, quota.Left, quota.Reset, Concurrent),
        _ => throw new InvalidOperationException($"{quota.Kind} is not a limit."),
    };
}
