using System.Globalization;
using System.Text.Json;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Silo.Backends.Refusals;
using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Backends.OpenAiVideos.Verdicts;

/// <summary>
/// Finds a job in the list of jobs of a server that is ours alone. Whatever the list leaves open is <see
/// cref="FindOutcome.CannotTell"/>, because a job that is taken for missing is rendered twice.
/// </summary>
internal static class FindVerdict
{
    private const int PageSize = 100;

    /// <summary>How long a create that was sent, or whose call was given up, may take to appear in the list.</summary>
    private static readonly TimeSpan SlowCreate = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MostAhead = TimeSpan.FromDays(3_650);

    /// <summary>A job that the answer to the submit named counts as found if the server knows it.</summary>
    public static FindOutcome OfLead(RenderJob lead, PollOutcome status) => status switch
    {
        PollOutcome.Suspect suspect => new FindOutcome.Unavailable(suspect.Error),
        PollOutcome.Unavailable unavailable => new FindOutcome.Unavailable(unavailable.Error, unavailable.RetryAfter),
        _ => new FindOutcome.Found(lead),
    };

    public static FindOutcome Of(Exchange exchange, SoughtJob sought, ProviderErrors errors, DateTimeOffset now) =>
        exchange switch
        {
            Exchange.Silence silence => new FindOutcome.Unavailable(errors.Unreachable(silence.Cause)),
            Exchange.Reply { IsSuccess: true, Json: { } json } reply when IsList(json) =>
                OfList(json, Ahead(reply, now), sought, errors, now),
            // A server without a list, such as new-api or NVIDIA Dynamo.
            Exchange.Reply { Status: 404 or 405 or 501 } => new FindOutcome.CannotTell(),
            Exchange.Reply { IsSuccess: true } reply => new FindOutcome.Unavailable(errors.Unreadable(reply)),
            Exchange.Reply reply => new FindOutcome.Unavailable(
                errors.Unasked(reply, reply.Status), RetryHint.Read(reply, now)),
            _ => throw new NotSupportedException(),
        };

    private static bool IsList(JsonElement json) => json.Get("data") is { ValueKind: JsonValueKind.Array };

    private static FindOutcome OfList(
        JsonElement json, TimeSpan ahead, SoughtJob sought, ProviderErrors errors, DateTimeOffset now)
    {
        var entries = json.Items("data").Select(entry => (Entry: entry, Likeness: sought.Compare(entry, ahead))).ToList();
        var same = entries.Where(entry => entry.Likeness is Likeness.Same).Select(entry => entry.Entry).ToList();

        // An entry without a script may be the job or not: SGLang lists none.
        if (entries.Exists(entry => entry.Likeness is Likeness.Unclear))
        {
            return new FindOutcome.CannotTell();
        }

        // With one slot there is one job. Two of them mean that somebody else uses the server after all.
        if (same.Count > 0)
        {
            return same is [var one] && VideoJob.Read(one) is { } job
                ? new FindOutcome.Found(job)
                : new FindOutcome.CannotTell();
        }

        // The same script with another length, or created later than the call lasted: perhaps the job, as the server sees it.
        if (entries.Exists(entry => entry.Likeness is Likeness.Doubtful) || !ReachesBack(json, entries))
        {
            return new FindOutcome.CannotTell();
        }

        // It is not there. A server that was slow to answer may be slow to list as well. An older job shows that the server has
        // not restarted since, which would have emptied its list.
        return MayStillAppear(sought, now)
            ? new FindOutcome.Unavailable(NotYet(errors), LookInterval)
            : new FindOutcome.NotThere(NotThere(errors))
            {
                MayBeForgotten = !entries.Exists(entry => entry.Likeness is Likeness.Older),
            };
    }

    /// <summary>Whether the page holds everything since the request was planned: it is the only one, or newest first.</summary>
    private static bool ReachesBack(JsonElement json, List<(JsonElement Entry, Likeness Likeness)> entries) =>
        (entries.Count < PageSize && json.Get("has_more") is not { ValueKind: JsonValueKind.True })
        || (entries is [var first, .., { Likeness: Likeness.Older } last]
            && SoughtJob.CreatedAt(first.Entry) > SoughtJob.CreatedAt(last.Entry));

    /// <summary>Answers are lost mostly right after the send, or at the timeout of the call.</summary>
    private static bool MayStillAppear(SoughtJob sought, DateTimeOffset now)
    {
        var age = now - sought.PlannedAt;
        return age < SlowCreate || (age >= sought.SubmitTimeout && age < sought.SubmitTimeout + SlowCreate);
    }

    /// <summary>How far the server's clock is ahead of ours. A difference of years is a mistake in the header.</summary>
    private static TimeSpan Ahead(Exchange.Reply reply, DateTimeOffset now) =>
        DateTimeOffset.TryParse(
            reply.Header("Date"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
        && (date - now).Duration() < MostAhead
            ? date - now
            : TimeSpan.Zero;

    private static GenerationError NotYet(ProviderErrors errors) => new(
        GenerationErrorCode.ProviderUnavailable,
        $"The answer of {errors.Who} was lost, and it does not list the job yet. It will be asked again.", Retryable: true,
        errors.Provider);

    private static GenerationError NotThere(ProviderErrors errors) => new(
        GenerationErrorCode.ProviderUnavailable,
        $"The connection to {errors.Who} broke before it accepted the request: it lists no such job.", Retryable: true,
        errors.Provider);
}
