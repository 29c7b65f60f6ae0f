using VideoGen.Grains.RenderSlots;

namespace VideoGen.Grains.Tests.RenderSlots;

public sealed class HolderCheckTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    [Fact]
    public void Who_does_not_come_back_for_its_slot_is_asked_after_seconds_and_then_less_often()
    {
        var check = HolderCheck.Granted(TimeSpan.Zero);
        List<double> asked = [];
        for (var time = 0; time < 5; time++)
        {
            asked.Add(check.NextAt.TotalSeconds);
            check = check.Needed(check.NextAt, Interval);
        }

        Assert.Equal([1, 3, 7, 12, 17], asked);
    }

    [Fact]
    public void Who_came_back_is_asked_at_the_usual_interval()
    {
        var check = HolderCheck.CameBack(TimeSpan.Zero, Interval);

        Assert.Equal(5, check.NextAt.TotalSeconds);
        Assert.Equal(10, check.Needed(check.NextAt, Interval).NextAt.TotalSeconds);
    }

    [Fact]
    public void Who_can_not_be_read_keeps_its_slot_for_5_minutes_and_one_answer_begins_them_anew()
    {
        var check = HolderCheck.Granted(TimeSpan.Zero).Unreadable(TimeSpan.FromSeconds(1), Interval);

        Assert.False(check.Unreadable(TimeSpan.FromSeconds(300), Interval).IsGivenUp(TimeSpan.FromSeconds(300)));
        Assert.True(check.Unreadable(TimeSpan.FromSeconds(301), Interval).IsGivenUp(TimeSpan.FromSeconds(301)));
        Assert.False(check.Needed(TimeSpan.FromSeconds(200), Interval).IsGivenUp(TimeSpan.FromHours(1)));
    }
}
