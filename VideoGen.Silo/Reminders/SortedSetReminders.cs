using System.Globalization;
using StackExchange.Redis;

namespace VideoGen.Silo.Reminders;

/// <summary>
/// The table of Orleans' Redis provider, in which earlier builds keep all reminders: one sorted set with members
/// <c>"HASH8","grain","name","etag","start","period"</c>, ordered by their text. It disappears with its last row.
/// </summary>
internal sealed class SortedSetReminders(IDatabase database, RedisKey key)
{
    private const int Batch = 500;

    /// <summary>The length of <c>"HASH8",</c> at the beginning of each member.</summary>
    private const int HashLength = 11;

    public Task<bool> ExistsAsync() => database.KeyExistsAsync(key);

    public async Task<IEnumerable<ReminderEntry>> ReadAsync(uint begin, uint end) =>
        (await ReadMembersAsync(begin, end)).Select(member => Parse(member));

    public async Task<IEnumerable<ReminderEntry>> ReadAsync(GrainId grain) =>
        (await BetweenAsync(Start(grain) + ReminderRow.FieldStart(grain)[..^1])).Select(member => Parse(member));

    public async Task<ReminderEntry?> ReadAsync(GrainId grain, string name) =>
        await BetweenAsync(Start(grain) + ReminderRow.Field(grain, name)) is [var member, ..] ? Parse(member) : null;

    /// <summary>Removes the row, whatever its ETag.</summary>
    public Task<long> RemoveAsync(GrainId grain, string name) => RemoveAsync(Start(grain) + ReminderRow.Field(grain, name));

    public Task<long> RemoveAsync(GrainId grain, string name, string eTag) =>
        RemoveAsync($"{Start(grain)}{ReminderRow.Field(grain, name)},{ReminderRow.ValueStart(eTag)[..^1]}");

    public Task ClearAsync() => database.KeyDeleteAsync(key);

    /// <summary>
    /// Passes the rows whose hash is wanted to <paramref name="add"/> (field and value; it must keep an existing row), and then
    /// removes them. A crash in between, or another silo that does the same, leaves a row in both tables or in the new one.
    /// </summary>
    public async Task<int> MoveAsync(
        Func<uint, bool> isWanted, Func<uint, string, string, Task> add, CancellationToken cancellationToken)
    {
        var moved = 0;
        foreach (var rows in (await ReadMembersAsync(0, 0)).Where(member => isWanted(HashOf(member))).Chunk(Batch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.WhenAll(rows.Select(member => AddAsync(member!)));
            await database.SortedSetRemoveAsync(key, rows);
            moved += rows.Length;
        }

        return moved;

        Task AddAsync(string member)
        {
            var row = Parse(member);
            return add(
                row.GrainId.GetUniformHashCode(), ReminderRow.Field(row.GrainId, row.ReminderName),
                ReminderRow.Value(row, row.ETag!));
        }
    }

    private async Task<IEnumerable<RedisValue>> ReadMembersAsync(uint begin, uint end)
    {
        var (from, to) = ($"\"{begin:X8}\",#", $"\"{end:X8}\",#");
        if (begin < end)
        {
            return await database.SortedSetRangeByValueAsync(key, from, to);
        }

        var last = await database.SortedSetRangeByValueAsync(key, from, "\"FFFFFFFF\",#");
        return last.Concat(await database.SortedSetRangeByValueAsync(key, "\"00000000\",\"", to));
    }

    // '"' and '#' are neighbors: the range between them contains everything that continues with another string.
    private Task<RedisValue[]> BetweenAsync(string start) =>
        database.SortedSetRangeByValueAsync(key, start + ",\"", start + ",#");

    private Task<long> RemoveAsync(string start) => database.SortedSetRemoveRangeByValueAsync(key, start + ",\"", start + ",#");

    private static string Start(GrainId grain) => $"\"{grain.GetUniformHashCode():X8}\",";

    private static uint HashOf(string? member) => uint.Parse(
        member.AsSpan(1, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    // The rest of a member after its hash is what the new table stores as field and value.
    private static ReminderEntry Parse(string? member) => ReminderRow.Parse(member![HashLength..]);
}
