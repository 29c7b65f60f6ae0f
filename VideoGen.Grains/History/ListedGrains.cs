using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Telemetry;

namespace VideoGen.Grains.History;

/// <summary>
/// Reads a page of a list whose entries are grains other than generations. One that cannot be read is left out and does not
/// affect the others.
/// </summary>
internal sealed class ListedGrains(
    IGrainFactory grains, GenerationTelemetry telemetry, TimeProvider time, ILogger logger)
{
    /// <summary>No create takes this long, so an older entry without anything behind it was cut off by a crash.</summary>
    private static readonly TimeSpan LongestCreate = TimeSpan.FromHours(1);

    /// <summary>What <paramref name="read"/> finds behind the entries, newest first, and where the next page begins.</summary>
    public async Task<(ImmutableArray<T> Items, long? Next)> ReadAsync<T>(
        string key, long? before, int limit, Func<string, Task<T?>> read) where T : class
    {
        var history = grains.GetGrain<IHistoryGrain>(key);
        var page = await history.GetPageAsync(before, limit);
        var reads = new IsolatedReads(grains, telemetry, logger);
        var found = await Task.WhenAll(
            page.Entries.Select(async entry => (entry, Read: await reads.ReadAnyAsync(entry.GenerationId, read))));
        foreach (var (entry, one) in found)
        {
            if (one is { IsReadable: true, Value: null } && time.GetUtcNow() - entry.AcceptedAt > LongestCreate)
            {
                await history.RemoveAsync(entry.GenerationId, entry.Place);
            }
        }

        return ([.. found.Select(one => one.Read.Value).OfType<T>()], page.Next);
    }
}
