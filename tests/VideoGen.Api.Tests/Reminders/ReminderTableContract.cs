using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using StackExchange.Redis;
using VideoGen.Silo.Redis;
using VideoGen.Silo.Reminders;

namespace VideoGen.Api.Tests.Reminders;

/// <summary>What the sharded table promises, alone and beside the one of earlier builds, whatever store it is in.</summary>
public abstract class ReminderTableContract : IAsyncLifetime
{
    private const string ServiceId = "videogen";
    private const string OldKey = "videogen/reminders";

    private IConnectionMultiplexer _store = null!;
    private IReminderTable _old = null!;
    private ShardedReminderTable _table = null!;

    private IDatabase Database => _store.GetDatabase();

    protected abstract Task<IConnectionMultiplexer> ConnectAsync();

    public async ValueTask InitializeAsync()
    {
        _store = await ConnectAsync();
        _old = await StartOldAsync();
        _table = await StartAsync();
    }

    [Fact]
    public async Task A_row_is_read_as_it_was_written()
    {
        var entry = Entry("quotes \" and \\ and ü", "drive/owner, \"x\"");

        var eTag = await _table.UpsertRow(entry);

        var row = await _table.ReadRow(entry.GrainId, entry.ReminderName);
        Assert.Equal((entry.GrainId, entry.ReminderName, eTag, entry.StartAt, entry.Period), Told(row!));
        Assert.Null(await _table.ReadRow(entry.GrainId, "another"));
    }

    [Fact]
    public async Task A_second_write_replaces_the_first_and_its_ETag()
    {
        var first = await _table.UpsertRow(Entry("a", "one"));
        var second = await _table.UpsertRow(Entry("a", "one"));

        Assert.NotEqual(first, second);
        Assert.Equal(second, Assert.Single((await _table.ReadRows(0, 0)).Reminders).ETag);
    }

    [Fact]
    public async Task Only_the_current_ETag_removes_a_row()
    {
        var (grain, name) = (Entry("a", "one").GrainId, "one");
        var outdated = await _table.UpsertRow(Entry("a", name));
        var current = await _table.UpsertRow(Entry("a", name));
        await _table.UpsertRow(Entry("a", "two"));

        Assert.False(await _table.RemoveRow(grain, name, outdated!));
        Assert.False(await _table.RemoveRow(grain, name, current![..8]));
        Assert.True(await _table.RemoveRow(grain, name, current));
        Assert.False(await _table.RemoveRow(grain, name, current));
        Assert.Equal("two", Assert.Single((await _table.ReadRows(grain)).Reminders).ReminderName);
    }

    [Fact]
    public async Task The_rows_of_a_grain_are_its_own()
    {
        foreach (var (grain, name) in new[] { ("a", "one"), ("a", "two"), ("ab", "one"), ("b", "one") })
        {
            await _table.UpsertRow(Entry(grain, name));
        }

        var rows = await _table.ReadRows(Entry("a", "one").GrainId);

        Assert.Equal(["one", "two"], rows.Reminders.Select(row => row.ReminderName).Order());
    }

    /// <summary>With rows of both tables: Orleans decides by these ranges which silo a reminder ticks on.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(77, 77)]
    [InlineData(0, uint.MaxValue)]
    [InlineData(uint.MaxValue, 0)]
    [InlineData(uint.MaxValue, 2_000_000_000)]
    [InlineData(1_000_000_000, 1_050_000_000)]
    [InlineData(3_000_000_000, 2_000_000_000)]
    [InlineData(2_000_000_000, 3_000_000_000)]
    [InlineData(3_000_000_001, 3_000_000_000)]
    public async Task A_range_has_its_end_and_not_its_beginning_and_goes_round_the_ring(uint begin, uint end)
    {
        var entries = Enumerable.Range(0, 1500).Select(number => Entry($"grain {number}", "one")).ToList();
        await WriteOldAsync(entries.Where((_, number) => number % 3 == 0));
        await Task.WhenAll(entries.Where((_, number) => number % 3 != 0).Select(_table.UpsertRow));
        var wanted = entries.Select(entry => entry.GrainId).Where(grain => IsIn(grain.GetUniformHashCode())).Order();

        var rows = await _table.ReadRows(begin, end);

        Assert.Equal(wanted, rows.Reminders.Select(row => row.GrainId).Order());

        bool IsIn(uint hash) => begin < end ? hash > begin && hash <= end : hash > begin || hash <= end;
    }

    [Fact]
    public async Task A_range_that_begins_or_ends_at_the_hash_of_a_row_leaves_it_out_or_has_it()
    {
        var entry = Entry("a", "one");
        var hash = entry.GrainId.GetUniformHashCode();
        await _table.UpsertRow(entry);

        Assert.Single((await _table.ReadRows(hash - 1, hash)).Reminders);
        Assert.Empty((await _table.ReadRows(hash, hash + 1)).Reminders);
        Assert.Single((await _table.ReadRows(hash, hash)).Reminders);
    }

    [Fact]
    public async Task Rows_of_an_earlier_build_are_moved_with_their_ETags_and_its_table_is_gone()
    {
        await WriteOldAsync(Enumerable.Range(0, 1200).Select(number => Entry($"{number}", "one")));
        var eTags = (await _old.ReadRows(0, 0)).Reminders.ToDictionary(row => row.GrainId, row => row.ETag);

        Assert.Equal(1200, await _table.MoveOldRowsAsync(_ => true, CancellationToken.None));

        Assert.False(await Database.KeyExistsAsync(OldKey));
        Assert.Equal(eTags, (await _table.ReadRows(0, 0)).Reminders.ToDictionary(row => row.GrainId, row => row.ETag));
        Assert.All(eTags, row => Assert.NotNull(row.Value));
        Assert.True(await _table.RemoveRow(Entry("7", "one").GrainId, "one", eTags[Entry("7", "one").GrainId]!));
    }

    [Fact]
    public async Task Two_silos_that_move_at_the_same_time_lose_no_row_and_double_none()
    {
        var entries = Enumerable.Range(0, 1200).Select(number => Entry($"{number}", "one")).ToList();
        await WriteOldAsync(entries);
        var other = await StartAsync();

        await Task.WhenAll(
            _table.MoveOldRowsAsync(_ => true, CancellationToken.None),
            other.MoveOldRowsAsync(_ => true, CancellationToken.None));

        Assert.False(await Database.KeyExistsAsync(OldKey));
        Assert.Equal(
            entries.Select(entry => entry.GrainId).Order(),
            (await other.ReadRows(0, 0)).Reminders.Select(row => row.GrainId).Order());
    }

    [Fact]
    public async Task A_row_that_was_written_anew_is_not_overwritten_by_the_move()
    {
        await _old.UpsertRow(Entry("a", "one"));
        var outdated = (await Database.SortedSetRangeByRankAsync(OldKey)).Single();
        var current = await _table.UpsertRow(Entry("a", "one"));
        await Database.SortedSetAddAsync(OldKey, outdated, 0);    // as if the process had died between its two writes

        await _table.MoveOldRowsAsync(_ => true, CancellationToken.None);

        Assert.Equal(current, Assert.Single((await _table.ReadRows(0, 0)).Reminders).ETag);
    }

    [Fact]
    public async Task Rows_whose_hash_another_silo_serves_stay_where_it_reads_them()
    {
        var entries = Enumerable.Range(0, 200).Select(number => Entry($"{number}", "one")).ToList();
        await WriteOldAsync(entries);

        await _table.MoveOldRowsAsync(hash => hash <= int.MaxValue, CancellationToken.None);

        var left = (await _old.ReadRows(0, 0)).Reminders.Select(row => row.GrainId).Order();
        Assert.Equal(
            entries.Select(entry => entry.GrainId).Where(grain => grain.GetUniformHashCode() > int.MaxValue).Order(), left);
        Assert.Equal(200, (await _table.ReadRows(0, 0)).Reminders.Count);
    }

    /// <summary>A silo of the earlier build runs beside, and writes after this one looked for its table.</summary>
    [Fact]
    public async Task What_an_earlier_build_writes_beside_is_read_found_and_removed()
    {
        Assert.Empty((await _table.ReadRows(0, 0)).Reminders);
        var entry = Entry("a", "one");
        var eTag = await _old.UpsertRow(entry);

        Assert.Equal(eTag, (await _table.ReadRow(entry.GrainId, "one"))!.ETag);
        Assert.Equal(eTag, Assert.Single((await _table.ReadRows(entry.GrainId)).Reminders).ETag);
        Assert.Equal(eTag, Assert.Single((await _table.ReadRows(0, 0)).Reminders).ETag);
        Assert.False(await _table.RemoveRow(entry.GrainId, "one", "another"));
        Assert.True(await _table.RemoveRow(entry.GrainId, "one", eTag!));
        Assert.Empty((await _old.ReadRows(0, 0)).Reminders);
    }

    [Fact]
    public async Task A_row_of_an_earlier_build_that_is_written_anew_is_there_once()
    {
        var entry = Entry("a", "one");
        await _old.UpsertRow(entry);
        await _table.ReadRows(0, 0);    // as a silo does that gets the part of the ring

        var eTag = await _table.UpsertRow(entry);

        Assert.Equal(eTag, Assert.Single((await _table.ReadRows(0, 0)).Reminders).ETag);
        Assert.False(await Database.KeyExistsAsync(OldKey));
        Assert.True(await _table.RemoveRow(entry.GrainId, "one", eTag!));
        Assert.Null(await _table.ReadRow(entry.GrainId, "one"));
    }

    [Fact]
    public async Task Rows_are_spread_over_keys()
    {
        await Task.WhenAll(Enumerable.Range(0, 500).Select(number => _table.UpsertRow(Entry($"{number}", "one"))));

        var keys = Enumerable.Range(0, ReminderShards.Count).Select(shard => Database.KeyExistsAsync($"{OldKey}/{shard}"));

        Assert.InRange((await Task.WhenAll(keys)).Count(exists => exists), 100, ReminderShards.Count);
        await _table.TestOnlyClearTable();
        Assert.Empty((await _table.ReadRows(0, 0)).Reminders);
    }

    public abstract ValueTask DisposeAsync();

    private async Task<ShardedReminderTable> StartAsync()
    {
        var services = new ServiceCollection().AddKeyedSingleton(RedisConnection.Key, _store).BuildServiceProvider();
        var table = new ShardedReminderTable(services, Options.Create(new ClusterOptions { ServiceId = ServiceId }));
        await table.StartAsync(CancellationToken.None);
        return table;
    }

    private async Task<IReminderTable> StartOldAsync()
    {
        var services = new ServiceCollection().AddLogging();
        services.Configure<ClusterOptions>(options => options.ServiceId = ServiceId);
        services.UseRedisReminderService(options =>
            (options.ConfigurationOptions, options.CreateMultiplexer) = (new(), _ => Task.FromResult((_store, true))));
        var table = services.BuildServiceProvider().GetRequiredService<IReminderTable>();
        await table.StartAsync(CancellationToken.None);
        return table;
    }

    /// <summary>
    /// As Orleans' own table writes rows, but many at once: on the embedded store each costs a walk over all of them.
    /// </summary>
    private Task<long> WriteOldAsync(IEnumerable<ReminderEntry> entries) => Database.SortedSetAddAsync(
        OldKey,
        [.. entries.Select(entry => new SortedSetEntry(
            $"\"{entry.GrainId.GetUniformHashCode():X8}\",{ReminderRow.Field(entry.GrainId, entry.ReminderName)},"
            + ReminderRow.Value(entry, Guid.NewGuid().ToString()), 0))]);

    private static (GrainId Grain, string Name, string? ETag, DateTime StartAt, TimeSpan Period) Told(ReminderEntry entry) =>
        (entry.GrainId, entry.ReminderName, entry.ETag, entry.StartAt, entry.Period);

    private static ReminderEntry Entry(string grain, string name) => new()
    {
        GrainId = GrainId.Create("test", grain),
        ReminderName = name,
        StartAt = DateTime.UtcNow.AddHours(1),
        Period = TimeSpan.FromMinutes(1.5),
    };
}
