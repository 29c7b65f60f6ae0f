namespace VideoGen.Silo.Recovery;

/// <summary>
/// Reads the table of reminders whole, but in parts: one answer with all of a long table would keep the store from everybody else.
/// </summary>
internal static class ReminderTableReading
{
    /// <summary>Parts of the ring of hashes, and how much of it each is: a range holds its end and not its beginning.</summary>
    private const uint Parts = 16;
    private const uint Part = uint.MaxValue / Parts + 1;

    public static async Task<List<ReminderEntry>> ReadAllAsync(this IReminderTable reminders, CancellationToken cancellationToken)
    {
        List<ReminderEntry> rows = [];
        for (var part = 0u; part < Parts; part++)
        {
            var end = (part + 1) * Part;    // 0 for the last one: the ring is closed
            rows.AddRange((await reminders.ReadRows(part * Part, end, cancellationToken)).Reminders);
        }

        return rows;
    }
}
