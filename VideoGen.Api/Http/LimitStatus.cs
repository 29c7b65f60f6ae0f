using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Api.Http;

/// <summary>
/// How a limit stands, in the words of draft-ietf-httpapi-ratelimit-headers-10: a quota in a window (where it has one), what is left
/// and after which time there is more.
/// </summary>
internal sealed record LimitStatus(string Name, string Sentence, long Quota, TimeSpan? Window, long Left, TimeSpan Reset, string? Unit = null)
{
    public const string Bytes = "content-bytes";
    public const string Concurrent = "concurrent-requests";

    public static LimitStatus Of(QuotaStatus allowance) => allowance.Kind switch
    {
        QuotaKind.Submits => new("submits",
            "You have ordered as many films as you may in a minute.", allowance.Limit, TimeSpan.FromMinutes(1), allowance.Left, allowance.Reset),
        QuotaKind.Renders => new("renders",
            "You have ordered as many films as you may in a day, which ends at midnight UTC.",
            allowance.Limit, TimeSpan.FromDays(1), allowance.Left, allowance.Reset),
        QuotaKind.Unfinished => new("unfinished",
            "You have as many unfinished films as you may: wait for one, or cancel one.",
            allowance.Limit, null, allowance.Left, allowance.Reset, Concurrent),
        _ => throw new InvalidOperationException($"{allowance.Kind} is no limit."),
    };
}
