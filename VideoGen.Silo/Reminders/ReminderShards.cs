namespace VideoGen.Silo.Reminders;

/// <summary>
/// Divides the ring of grain hashes into shards. Each shard is a contiguous part of the ring, so that a range is in few of them.
/// </summary>
internal static class ReminderShards
{
    /// <summary>Part of the stored form: the shard number is in the key.</summary>
    public const int Count = 256;

    private const ulong Ring = 1UL << 32;
    private const ulong Width = Ring / Count;

    public static int Of(uint hash) => (int)(hash / Width);

    /// <summary>
    /// The shards that can contain a hash of (begin, end], each once. As in <see cref="IReminderTable"/>, a range whose end is
    /// not after its beginning wraps around the ring.
    /// </summary>
    public static IEnumerable<int> In(uint begin, uint end)
    {
        var length = begin < end ? end - begin : Ring - begin + end;
        var first = Of(unchecked(begin + 1));
        var count = length > Ring - Width ? Count : ((Of(end) - first + Count) % Count) + 1;
        return Enumerable.Range(first, count).Select(shard => shard % Count);
    }

    public static bool IsIn(uint hash, uint begin, uint end) =>
        begin < end ? hash > begin && hash <= end : hash > begin || hash <= end;
}
