namespace VideoGen.Silo.Recovery;

/// <summary>
/// The reminder table of a provider, of which long ranges are read in parts and aside. One answer with all of a long table would keep
/// the store from everybody else; and Orleans' reminder service, which reads its whole range every five minutes, registers no
/// reminder while a provider makes rows of the answer on its scheduler, so that no generation could be accepted.
/// </summary>
internal sealed class RemindersInParts(IReminderTable table) : IReminderTable
{
    /// <summary>As many hashes as there are, and how many of them are read at once.</summary>
    private const ulong Ring = 1UL << 32;
    private const uint Part = (uint)(Ring / 16);

    public Task StartAsync(CancellationToken cancellationToken) => table.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => table.StopAsync(cancellationToken);

    public Task<ReminderTableData> ReadRows(uint begin, uint end) => ReadRows(begin, end, CancellationToken.None);

    public Task<ReminderTableData> ReadRows(uint begin, uint end, CancellationToken cancellationToken) =>
        Task.Run(() => ReadInPartsAsync(begin, end, cancellationToken), cancellationToken);

    public Task<ReminderTableData> ReadRows(GrainId grainId) => table.ReadRows(grainId);

    public Task<ReminderTableData> ReadRows(GrainId grainId, CancellationToken cancellationToken) =>
        table.ReadRows(grainId, cancellationToken);

    public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) => table.ReadRow(grainId, reminderName);

    public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName, CancellationToken cancellationToken) =>
        table.ReadRow(grainId, reminderName, cancellationToken);

    public Task<string?> UpsertRow(ReminderEntry entry) => table.UpsertRow(entry);

    public Task<string?> UpsertRow(ReminderEntry entry, CancellationToken cancellationToken) => table.UpsertRow(entry, cancellationToken);

    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) => table.RemoveRow(grainId, reminderName, eTag);

    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag, CancellationToken cancellationToken) =>
        table.RemoveRow(grainId, reminderName, eTag, cancellationToken);

    public Task TestOnlyClearTable() => table.TestOnlyClearTable();

    public Task TestOnlyClearTable(CancellationToken cancellationToken) => table.TestOnlyClearTable(cancellationToken);

    private async Task<ReminderTableData> ReadInPartsAsync(uint begin, uint end, CancellationToken cancellationToken)
    {
        List<ReminderEntry> rows = [];

        // A range holds its end and not its beginning; one that does not end after its beginning goes round the ring.
        var left = begin < end ? (ulong)end - begin : Ring - begin + end;
        for (var from = begin; left > 0;)
        {
            var length = (uint)Math.Min(left, Part);
            var to = unchecked(from + length);
            rows.AddRange((await table.ReadRows(from, to, cancellationToken)).Reminders);
            (from, left) = (to, left - length);
        }

        return new ReminderTableData(rows);
    }
}
