using System.Globalization;
using StackExchange.Redis;

namespace VideoGen.Benchmarks.History;

/// <summary>One sorted set per owner: the place is the score, id and time are the member.</summary>
internal sealed class SortedSetHistory(IDatabase store) : IHistory
{
    private const string Key = "videogen/history/owner";
    private const int Batch = 1_000;

    private long _last;

    public async Task FillAsync(int entries)
    {
        for (var done = 0; done < entries; done += Batch)
        {
            await store.SortedSetAddAsync(Key, [.. Enumerable.Range(0, Batch).Select(_ => Next())]);
        }
    }

    public async Task AppendAsync()
    {
        var entry = Next();
        await store.SortedSetAddAsync(Key, entry.Element, entry.Score, When.NotExists);
    }

    public async Task<int> ReadTenAsync(long before) =>
        (await store.SortedSetRangeByScoreWithScoresAsync(Key, double.NegativeInfinity, before, Exclude.Stop, Order.Descending, 0,
        10))
        .Length;

    private SortedSetEntry Next() => new(
        string.Create(CultureInfo.InvariantCulture, $"{Guid.CreateVersion7()}|{DateTimeOffset.UtcNow.UtcTicks}"),
        Interlocked.Increment(ref _last));
}
