using VideoGen.Silo.Recovery;

namespace VideoGen.Silo.Tests.Recovery;

public sealed class RemindersInPartsTests
{
    private const long Ring = 1L << 32;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(77, 77)]
    [InlineData(0, uint.MaxValue)]
    [InlineData(uint.MaxValue, 0)]
    [InlineData(10, 20)]
    [InlineData(20, 10)]
    [InlineData(3_000_000_000, 2_000_000_000)]
    [InlineData(2_000_000_000, 3_000_000_000)]
    [InlineData(268_435_456, 536_870_912)]
    public async Task A_range_is_read_in_short_parts_that_are_all_of_it_and_nothing_else(uint begin, uint end)
    {
        var table = new Table();

        await new RemindersInParts(table).ReadRows(begin, end);

        var at = begin;
        var length = 0L;
        foreach (var (from, to) in table.Read)
        {
            Assert.Equal(at, from);
            Assert.InRange(Length(from, to), 1, Ring / 16);
            (at, length) = (to, length + Length(from, to));
        }

        Assert.Equal(end, at);
        Assert.Equal(Length(begin, end), length);
    }

    [Fact]
    public async Task Rows_of_all_parts_are_there_in_their_order()
    {
        var rows = await new RemindersInParts(new Table()).ReadRows(0, 0);

        Assert.Equal(Enumerable.Range(1, 16).Select(part => $"{part}"), rows.Reminders.Select(row => row.ReminderName));
    }

    /// <summary>Orleans reads from the scheduler that also registers reminders, and one task at a time runs there.</summary>
    [Fact]
    public async Task While_a_provider_makes_rows_the_scheduler_that_asked_is_free()
    {
        using var converting = new ManualResetEventSlim();
        var scheduler = new TaskFactory(new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler);
        var reminders = new RemindersInParts(new Table { Converting = converting });

        var reading = scheduler.StartNew(() => reminders.ReadRows(0, 0)).Unwrap();
        await scheduler.StartNew(converting.Set).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal(16, (await reading).Reminders.Count);
    }

    private static long Length(uint from, uint to) => from < to ? to - from : Ring - from + to;

    /// <summary>Has one row in each range, and stands still in a first turn while <see cref="Converting"/> is not set.</summary>
    private sealed class Table : IReminderTable
    {
        public ManualResetEventSlim Converting { get; init; } = new(initialState: true);

        public List<(uint From, uint To)> Read { get; } = [];

        public Task<ReminderTableData> ReadRows(uint begin, uint end)
        {
            Converting.Wait(TimeSpan.FromMinutes(1), CancellationToken.None);
            Read.Add((begin, end));
            return Task.FromResult(new ReminderTableData(new ReminderEntry { ReminderName = $"{Read.Count}" }));
        }

        public Task<ReminderTableData> ReadRows(GrainId grainId) => throw new NotSupportedException();

        public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) => throw new NotSupportedException();

        public Task<string?> UpsertRow(ReminderEntry entry) => throw new NotSupportedException();

        public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) => throw new NotSupportedException();

        public Task TestOnlyClearTable() => throw new NotSupportedException();
    }
}
