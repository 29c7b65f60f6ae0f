using System.Text.Json;
using System.Threading.Channels;
using StackExchange.Redis;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Benchmarks.History;

/// <summary>
/// Records of up to 256 entries, stored as Orleans' Redis storage does (hash, ETag script, JSON). One writer, as a grain is; what
/// arrives while it writes goes with the next write.
/// </summary>
internal sealed class ChunkedHistory : IHistory
{
    private const int Size = 256;

    private const string Write =
        """
        local etag = redis.call('HGET', KEYS[1], 'etag')
        if (not etag and (ARGV[1] == nil or ARGV[1] == '')) or etag == ARGV[1] then
          redis.call('HMSET', KEYS[1], 'etag', ARGV[2], 'data', ARGV[3])
          return 0
        end
        return -1
        """;

    private readonly IDatabase _store;
    private readonly Channel<TaskCompletionSource> _waiting = Channel.CreateBounded<TaskCompletionSource>(4096);
    private readonly Dictionary<long, string> _etags = [];
    private readonly Task _writing;
    private List<HistoryEntry> _head = [];
    private long _last;

    public ChunkedHistory(IDatabase store)
    {
        _store = store;
        _writing = WriteAsync();
    }

    public async Task FillAsync(int entries)
    {
        for (var done = 0; done < entries; done++)
        {
            Add();
            if (_head.Count == Size)
            {
                await SaveAsync();
            }
        }

        if (_head.Count > 0)
        {
            await SaveAsync();
        }
    }

    public async Task AppendAsync()
    {
        var kept = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _waiting.Writer.WriteAsync(kept);
        await await Task.WhenAny(kept.Task, _writing);
    }

    /// <summary>An old page; the newest is in the memory of the grain and costs the store nothing.</summary>
    public async Task<int> ReadTenAsync(long before)
    {
        var record = await _store.HashGetAllAsync(Key((before - 1) / Size));
        var data = (byte[])record.Single(field => field.Name == "data").Value!;
        var entries = JsonSerializer.Deserialize<List<HistoryEntry>>(data)!;
        return entries.Where(entry => entry.Place < before).TakeLast(10).Count();
    }

    private async Task WriteAsync()
    {
        var group = new List<TaskCompletionSource>();
        while (await _waiting.Reader.WaitToReadAsync())
        {
            while (_head.Count < Size && _waiting.Reader.TryRead(out var kept))
            {
                Add();
                group.Add(kept);
            }

            await SaveAsync();
            group.ForEach(kept => kept.SetResult());
            group.Clear();
        }
    }

    private void Add() => _head.Add(new HistoryEntry(++_last, Guid.CreateVersion7().ToString(), DateTimeOffset.UtcNow));

    private async Task SaveAsync()
    {
        var chunk = (_last - 1) / Size;
        var etag = Guid.NewGuid().ToString("N");
        var outcome = await _store.ScriptEvaluateAsync(Write, [Key(chunk)],
            [_etags.GetValueOrDefault(chunk, ""), etag, JsonSerializer.SerializeToUtf8Bytes(_head)]);
        if ((int)outcome != 0)
        {
            throw new InvalidOperationException("A second writer.");
        }

        _etags[chunk] = etag;
        if (_head.Count == Size)
        {
            _etags.Clear();
            _head = [];
        }
    }

    private static string Key(long chunk) => $"videogen/state/history/owner/{chunk}";
}
