using VideoGen.FakeHub.Faults;
using static VideoGen.Grains.Generations.Contract.GenerationErrorCode;

namespace VideoGen.LoadTest.Faults;

/// <summary>Every fault of the stand-in that can pass, dealt like cards: each once before any comes again.</summary>
internal sealed class FaultDeck(Random random)
{
    /// <summary>Of so many orders one is left in peace.</summary>
    private const int Peace = 3;

    private readonly Queue<Fault> _cards = new();

    /// <summary>
    /// All of them. Left out are those that do not pass (a job that never ends), those of a cancel, and a 422 in place of a
    /// result, which is how fal says that the model failed.
    /// </summary>
    public static IReadOnlyList<Fault> All { get; } =
    [
        // Before there is a job
        new(New(FaultKind.EmptyMapping)),
        .. Each(FaultKind.MappingError, [401, 403, 404, 429, 500, 503], seconds: 1),
        new(New(FaultKind.DropBeforeAccept), OutcomeUnknown),
        .. Each(FaultKind.Refuse, [400, 401, 402, 403, 404, 429, 503], seconds: 1),
        .. Each(FaultKind.Refuse, [413, 422], InputRejected),
        .. Each(FaultKind.Refuse, [500, 502, 504], OutcomeUnknown),
        new(New(FaultKind.Loading, seconds: 1)),
        new(New(FaultKind.LockAccount)),
        new(New(FaultKind.HtmlOnSubmit, 403)),
        .. Each(FaultKind.HtmlOnSubmit, [200, 502, 503], OutcomeUnknown),

        // There is a job, and the answer does not say so
        new(New(FaultKind.AcceptThenDrop), OutcomeUnknown),
        new(New(FaultKind.AcceptThenStall), OutcomeUnknown),
        new(New(FaultKind.AcceptThenStall, seconds: 1)),
        new(New(FaultKind.AcceptThenStall, seconds: 4)),
        new(New(FaultKind.AcceptThenStall, seconds: 12)),
        .. Each(FaultKind.AcceptThenError, [408, 429, 500, 503, 504], OutcomeUnknown),

        // The job
        new(New(FaultKind.FailJob), ProviderFailed, InputRejected),
        new(New(FaultKind.FailJob, 500), ProviderFailed),
        new(New(FaultKind.RejectContent), ContentRejected),
        .. Each(FaultKind.PollError, [401, 402, 403, 404, 410, 429, 500, 502, 503], seconds: 1),
        new(New(FaultKind.PollError, 404) with { Count = 2, After = 1 }),
        .. Each(FaultKind.HtmlOnPoll, [200, 404, 502]),
        new(New(FaultKind.DropOnPoll)),
        new(New(FaultKind.LoseJob)),
        new(New(FaultKind.UnknownStatus) with { Count = null }),
        new(New(FaultKind.FractionalProgress) with { Count = null }),
        new(New(FaultKind.MissingProgress) with { Count = null }),

        // The result
        .. Each(FaultKind.ResultError, [401, 403, 404, 429, 500, 502, 503], seconds: 1),
        new(New(FaultKind.ResultError, 500) with { Count = 2 }),
        new(New(FaultKind.EmptyResult)),
        new(New(FaultKind.ExpiredLink)),
        .. Each(FaultKind.DownloadError, [403, 404, 410, 500, 503]),
        .. Each(FaultKind.HtmlOnDownload, [200, 404]),
        new(New(FaultKind.Truncated)),
        new(New(FaultKind.Renamed)),
        new(New(FaultKind.DropOnDownload)),
        new(New(FaultKind.SlowDrip, seconds: 0.05)),
        new(New(FaultKind.RedirectOnDownload)),
        new(New(FaultKind.PackedOnDownload)),
        new(New(FaultKind.EndlessDownload)),
        new(New(FaultKind.StallOnDownload)),
        new(New(FaultKind.Webm) with { Count = null }),
        new(New(FaultKind.Gzipped) with { Count = null }),
        new(New(FaultKind.Sound) with { Count = null }),
    ];

    /// <summary>The fault of the next order; null for none.</summary>
    public Fault? Deal()
    {
        if (random.Next(Peace) == 0)
        {
            return null;
        }

        if (_cards.Count == 0)
        {
            var shuffled = All.ToArray();
            random.Shuffle(shuffled);
            Array.ForEach(shuffled, _cards.Enqueue);
        }

        return _cards.Dequeue();
    }

    private static IEnumerable<Fault> Each(FaultKind kind, int[] statuses, params string[] ends) =>
        statuses.Select(status => new Fault(New(kind, status), ends));

    private static IEnumerable<Fault> Each(FaultKind kind, int[] statuses, double seconds) =>
        statuses.Select(status => new Fault(New(kind, status, seconds)));

    private static FaultRule New(FaultKind kind, int? status = null, double? seconds = null) =>
        new(kind) { Status = status, Seconds = seconds, Count = 1 };
}
