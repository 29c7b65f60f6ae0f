using VideoGen.Grains.RenderSlots;

namespace VideoGen.Grains.Tests.RenderSlots;

public sealed class SlotQueueTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Slots_go_to_those_who_were_accepted_first()
    {
        var budget = SlotQueue.Empty.Join("late", Now.AddSeconds(2)).Join("first", Now).Join("second", Now.AddSeconds(1))
            .Grant(2);

        Assert.True(budget.IsHolder("first"));
        Assert.True(budget.IsHolder("second"));
        Assert.Equal(1, budget.PositionOf("late"));
    }

    [Fact]
    public void Asking_again_keeps_the_place_even_with_another_time()
    {
        var budget = SlotQueue.Empty.Join("a", Now).Join("b", Now.AddSeconds(1)).Join("b", Now.AddSeconds(-9))
            .Join("a", Now.AddHours(1));

        Assert.Equal(2, budget.Unfinished);
        Assert.Equal(1, budget.PositionOf("a"));
        Assert.Equal(2, budget.PositionOf("b"));
    }

    [Fact]
    public void A_running_job_is_counted_whatever_the_limit_and_blocks_new_ones()
    {
        var budget = SlotQueue.Empty.Claim("r1").Claim("r2").Join("new", Now).Grant(1);

        Assert.Equal(2, budget.Holders.Count);
        Assert.False(budget.IsHolder("new"));
        Assert.False(budget.Leave("r1").Grant(1).IsHolder("new"));
        Assert.True(budget.Leave("r1").Leave("r2").Grant(1).IsHolder("new"));
    }

    [Fact]
    public void Claiming_takes_a_waiter_out_of_the_queue()
    {
        var budget = SlotQueue.Empty.Join("a", Now).Claim("a");

        Assert.Equal(1, budget.Unfinished);
        Assert.Equal(0, budget.PositionOf("a"));
    }

    [Fact]
    public void Leaving_the_queue_moves_the_others_up()
    {
        var budget = SlotQueue.Empty.Join("a", Now).Join("b", Now.AddSeconds(1)).Leave("a").Leave("unknown");

        Assert.Equal(1, budget.PositionOf("b"));
        Assert.Equal(1, budget.Unfinished);
    }
}
