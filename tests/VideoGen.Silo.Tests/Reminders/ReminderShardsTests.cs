using VideoGen.Silo.Reminders;

namespace VideoGen.Silo.Tests.Reminders;

public sealed class ReminderShardsTests
{
    private const uint Width = 1U << 24;

    /// <summary>A row is looked for where its hash says: the number of a hash is stored, in a way, and never changes.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(Width - 1, 0)]
    [InlineData(Width, 1)]
    [InlineData(uint.MaxValue, 255)]
    public void A_shard_is_a_contiguous_part_of_the_ring(uint hash, int shard) => Assert.Equal(shard, ReminderShards.Of(hash));

    [Theory]
    [InlineData(0, 1, new[] { 0 })]
    [InlineData(Width - 1, Width, new[] { 1 })]
    [InlineData(Width - 2, Width, new[] { 0, 1 })]
    [InlineData(Width, (3 * Width) - 1, new[] { 1, 2 })]
    [InlineData(uint.MaxValue, 5, new[] { 0 })]
    [InlineData(uint.MaxValue - 1, 5, new[] { 255, 0 })]
    [InlineData(254 * Width, Width, new[] { 254, 255, 0, 1 })]
    public void A_range_is_in_the_shards_that_it_touches(uint begin, uint end, int[] shards) =>
        Assert.Equal(shards, ReminderShards.In(begin, end));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(Width, Width)]
    [InlineData(Width + 7, Width + 6)]
    [InlineData(0, uint.MaxValue)]
    [InlineData(Width + 7, Width + 3)]
    public void A_range_that_is_all_or_nearly_all_of_the_ring_is_in_each_shard_once(uint begin, uint end) =>
        Assert.Equal(Enumerable.Range(0, ReminderShards.Count), ReminderShards.In(begin, end).Order());
}
