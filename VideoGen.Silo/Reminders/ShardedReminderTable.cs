using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Reminders.Redis;
using StackExchange.Redis;
using VideoGen.Grains.Storage;
using VideoGen.Silo.Redis;

namespace VideoGen.Silo.Reminders;

/// <summary>
/// Stores a cluster's reminders in <see cref="ReminderShards.Count"/> hashes, by the hash of the grain: a write costs the same
/// however many reminders there are, no key is hot, and every command uses one key. Rows in the table of earlier builds are also
/// read, found and removed, because silos of both builds may run side by side; <see cref="ReminderMigration"/> moves them here.
/// </summary>
internal sealed class ShardedReminderTable(
    IServiceProvider services, IOptions<ClusterOptions> cluster, IStoreCommit? store = null)
    : IReminderTable
{
    /// <summary>How many shards are read at once: Redis answers nothing else while it collects their rows.</summary>
    private const int ReadAtOnce = 16;

    /// <summary>KEYS: shard. ARGV: field, start of a value with the ETag. Returns how many rows were removed.</summary>
    private const string RemoveScript =
        """
        local value = redis.call('HGET', KEYS[1], ARGV[1])
        if value and string.sub(value, 1, string.len(ARGV[2])) == ARGV[2] then
          return redis.call('HDEL', KEYS[1], ARGV[1])
        end
        return 0
        """;

    private IDatabase? _database;

    /// <summary>Whether the table of earlier builds existed when last checked; if it does not, it is not queried.</summary>
    private volatile bool _hasOldRows = true;

    private string OldKey => $"{cluster.Value.ServiceId}/reminders";

    private IDatabase Database =>
        _database ??= services.GetRequiredKeyedService<IConnectionMultiplexer>(RedisConnection.Key).GetDatabase();

    private SortedSetReminders Old => new(Database, OldKey);

    public Task StartAsync(CancellationToken cancellationToken) => GuardAsync(HasOldRowsAsync);

    public Task<ReminderTableData> ReadRows(uint begin, uint end) => ReadRows(begin, end, CancellationToken.None);

    /// <summary>
    /// Runs on the thread pool: Orleans' reminder service reads on the scheduler on which it registers reminders.
    /// </summary>
    public Task<ReminderTableData> ReadRows(uint begin, uint end, CancellationToken cancellationToken) =>
        Task.Run(() => GuardAsync(() => ReadRangeAsync(begin, end, cancellationToken)), cancellationToken);

    public Task<ReminderTableData> ReadRows(GrainId grainId) => GuardAsync(async () =>
    {
        var old = await Old.ReadAsync(grainId);
        var shard = await Database.HashGetAllAsync(Key(grainId));
        var start = ReminderRow.FieldStart(grainId);
        return Merge(old, shard.Where(row => ((string)row.Name!).StartsWith(start, StringComparison.Ordinal)).Select(Parse));
    });

    /// <summary>
    /// A row that is moved meanwhile is still found, because it is added to the new table before it is removed from the old one.
    /// </summary>
    public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) => GuardAsync(async () =>
    {
        var old = await Old.ReadAsync(grainId, reminderName);
        var field = ReminderRow.Field(grainId, reminderName);
        var value = (string?)await Database.HashGetAsync(Key(grainId), field);
        var rows = Merge(old is null ? [] : [old], value is null ? [] : [ReminderRow.Parse($"{field},{value}")]);
        return rows.Reminders.SingleOrDefault();
    });

    public Task<string?> UpsertRow(ReminderEntry entry) => GuardAsync<string?>(async () =>
    {
        var eTag = Guid.NewGuid().ToString();
        await Database.HashSetAsync(
            Key(entry.GrainId), ReminderRow.Field(entry.GrainId, entry.ReminderName), ReminderRow.Value(entry, eTag));
        if (_hasOldRows)
        {
            await Old.RemoveAsync(entry.GrainId, entry.ReminderName);
        }

        await WrittenAsync();
        return eTag;
    });

    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) => GuardAsync(async () =>
    {
        var removed = _hasOldRows ? await Old.RemoveAsync(grainId, reminderName, eTag) : 0;
        removed += (long)await Database.ScriptEvaluateAsync(
            RemoveScript, [Key(grainId)], [ReminderRow.Field(grainId, reminderName), ReminderRow.ValueStart(eTag)]);
        await WrittenAsync();
        return removed > 0;
    });

    public Task TestOnlyClearTable() => GuardAsync(async () =>
    {
        await Old.ClearAsync();
        return await Task.WhenAll(Enumerable.Range(0, ReminderShards.Count).Select(shard => Database.KeyDeleteAsync(Key(shard))));
    });

    /// <summary>Moves rows from the table of earlier builds whose grain hash is wanted, and returns their number.</summary>
    public Task<int> MoveOldRowsAsync(Func<uint, bool> isWanted, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        var moved = await HasOldRowsAsync() ? await Old.MoveAsync(isWanted, AddAsync, cancellationToken) : 0;
        await WrittenAsync();
        return moved;

        Task AddAsync(uint hash, string field, string value) =>
            Database.HashSetAsync(Key(ReminderShards.Of(hash)), field, value, When.NotExists);
    });

    private async Task<ReminderTableData> ReadRangeAsync(uint begin, uint end, CancellationToken cancellationToken)
    {
        List<ReminderEntry> old = await HasOldRowsAsync() ? [.. await Old.ReadAsync(begin, end)] : [];
        List<ReminderEntry> rows = [];
        foreach (var shards in ReminderShards.In(begin, end).Chunk(ReadAtOnce))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = await Task.WhenAll(shards.Select(shard => Database.HashGetAllAsync(Key(shard))));
            rows.AddRange(read.SelectMany(shard => shard).Select(Parse)
                .Where(row => ReminderShards.IsIn(row.GrainId.GetUniformHashCode(), begin, end)));
        }

        return Merge(old, rows);
    }

    private Task WrittenAsync() => store?.WrittenAsync() ?? Task.CompletedTask;

    private async Task<bool> HasOldRowsAsync() => _hasOldRows = await Old.ExistsAsync();

    /// <summary>If both tables have a row, the later one counts.</summary>
    private static ReminderTableData Merge(IEnumerable<ReminderEntry> old, IEnumerable<ReminderEntry> rows)
    {
        List<ReminderEntry> before = [.. old];
        return new ReminderTableData(before.Count == 0
            ? rows
            : before.Concat(rows).GroupBy(row => (row.GrainId, row.ReminderName))
                .Select(same => same.MaxBy(row => row.StartAt)!));
    }

    private static ReminderEntry Parse(HashEntry row) => ReminderRow.Parse($"{row.Name},{row.Value}");

    private RedisKey Key(GrainId grain) => Key(ReminderShards.Of(grain.GetUniformHashCode()));

    private RedisKey Key(int shard) => $"{OldKey}/{shard}";

    /// <summary>
    /// Wraps exceptions in the type of Orleans' own provider: unlike those of the Redis client, it can be sent to callers in
    /// other processes.
    /// </summary>
    private static async Task<T> GuardAsync<T>(Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            throw new RedisRemindersException($"{exception.GetType()}: {exception.Message}");
        }
    }
}
