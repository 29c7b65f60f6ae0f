using VideoGen.Grains.Contracts;

namespace VideoGen.Api.OpenAi;

/// <summary>Finds the next entry of a history upwards, over the gaps that deletions leave, in few calls.</summary>
internal sealed class HistoryGaps(IHistoryGrain history)
{
    /// <summary>The lowest position above <paramref name="position"/> that has an entry; null if there is none.</summary>
    public async Task<long?> FirstAboveAsync(long position)
    {
        if (await NewestBelowAsync(long.MaxValue) is not { } newest || newest <= position)
        {
            return null;
        }

        var (low, high) = (position, newest);    // no entry in (position, low], one at high
        for (var step = 1L; low + step < high; step *= 2)
        {
            if (await NewestBelowAsync(low + step + 1) is { } near && near > position)
            {
                high = near;
                break;
            }

            low += step;
        }

        while (low + 1 < high)
        {
            var middle = low + ((high - low) / 2);
            if (await NewestBelowAsync(middle + 1) is { } lower && lower > position)
            {
                high = lower;
            }
            else
            {
                low = middle;
            }
        }

        return high;
    }

    private async Task<long?> NewestBelowAsync(long position) =>
        (await history.GetPageAsync(position == long.MaxValue ? null : position, 1)).Entries is [var entry] ? entry.Place : null;
}
