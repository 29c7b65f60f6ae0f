using VideoGen.LoadTest.Running;
using VideoGen.LoadTest.Seeding;

namespace VideoGen.LoadTest.Growth;

/// <summary>A row of the table of reminders as Orleans wrote it, to make others of: its hash and its id are replaced.</summary>
internal sealed class RowPattern
{
    private readonly string[] _parts;

    /// <summary>Of number 0: <c>"0C4A6F2E","videogen.generation/0000…","drive/public","etag","2070-…","00:01:00"</c>.</summary>
    public RowPattern(string row)
    {
        var (id, hash) = (SeededHistory.IdAt(0), $"{LoneSilo.Row(0).GrainId.GetUniformHashCode():X8}");
        _parts = row.Split([hash, id], StringSplitOptions.None);
        if (_parts is not ["\"", _, _])
        {
            throw new InvalidOperationException($"Orleans writes its rows in another way now: {row}");
        }
    }

    public string For(GrainId grain, string id) => $"{_parts[0]}{grain.GetUniformHashCode():X8}{_parts[1]}{id}{_parts[2]}";
}
