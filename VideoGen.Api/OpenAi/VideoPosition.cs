using System.Globalization;
using VideoGen.Api.Authentication;
using VideoGen.Api.Generations;
using VideoGen.Grains.Calls;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Api.OpenAi;

/// <summary>
/// Where an id lies in the history of its owner: older videos are below <paramref name="Below"/>, newer ones above <paramref
/// name="Above"/>. The history is ordered by the time of acceptance, so the position is found by it. A video that was deleted
/// still has the time in its id, a version-7 UUID.
/// </summary>
internal sealed record VideoPosition(long Below, long Above)
{
    /// <summary>How much later than its id was created, by another clock, a deleted video may have been accepted.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(5);

    private static readonly long LatestMilliseconds = (DateTimeOffset.MaxValue - TimeSpan.FromDays(1)).ToUnixTimeMilliseconds();

    private const int PageSize = 100;

    /// <summary>How many entries of about the same time are compared.</summary>
    private const int MaxPages = 10;

    public static async Task<VideoPosition> FindAsync(HttpContext context, IGrainFactory grains, string id)
    {
        var history = grains.Grain<IHistoryGrain>(context.Caller().Owner);
        var known = (await OwnGeneration.FindAsync(context, grains, id))?.Found.CreatedAt;
        var end = await FirstAfterAsync(history, known ?? CreatedAtOf(id) + Tolerance);
        long? below = end;
        for (var read = 0; read < MaxPages && below is not null; read++)
        {
            var page = await history.GetPageAsync(below, PageSize);
            foreach (var entry in page.Entries)
            {
                if (entry.GenerationId == id)
                {
                    return new(entry.Place, entry.Place);
                }

                if (known is { } time ? entry.AcceptedAt < time : string.CompareOrdinal(entry.GenerationId, id) < 0)
                {
                    return new(entry.Place + 1, entry.Place);
                }
            }

            below = page.Next;
        }

        return below is null ? new(1, 0) : new(end, end - 1);
    }

    /// <summary>The position from which on everything was accepted after this time.</summary>
    private static async Task<long> FirstAfterAsync(IHistoryGrain history, DateTimeOffset time)
    {
        if (await NewestAsync(history, null) is not { } newest)
        {
            return 1;
        }

        if (newest.AcceptedAt <= time)
        {
            return newest.Place + 1;
        }

        var (low, high) = (0L, newest.Place);    // nothing up to low is later, and everything from high on is
        while (low + 1 < high)
        {
            var middle = low + ((high - low) / 2);
            if (await NewestAsync(history, middle + 1) is not { } entry || entry.AcceptedAt <= time)
            {
                low = middle;
            }
            else
            {
                high = entry.Place;
            }
        }

        return high;
    }

    private static async Task<HistoryEntry?> NewestAsync(IHistoryGrain history, long? below) =>
        (await history.GetPageAsync(below, 1)).Entries is [var entry] ? entry : null;

    /// <summary>RFC 9562 §5.7: the first 48 bits are milliseconds.</summary>
    private static DateTimeOffset CreatedAtOf(string id)
    {
        var milliseconds = long.Parse(id.Replace("-", "", StringComparison.Ordinal).AsSpan(0, 12),
            NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(milliseconds, LatestMilliseconds));
    }
}
