using System.Net;
using VideoGen.Silo.Recovery;

namespace VideoGen.Silo.Tests.Recovery;

public sealed class SweepScheduleTests
{
    private static readonly SiloAddress Low = Silo(1);
    private static readonly SiloAddress Self = Silo(2);
    private static readonly SiloAddress High = Silo(3);

    private readonly SweepSchedule _schedule = new(Self);
    private DateTimeOffset _now = DateTimeOffset.UnixEpoch.AddYears(60);

    [Fact]
    public void A_silo_sweeps_once_when_it_has_joined_and_not_before()
    {
        Assert.False(IsDue(Low));
        Assert.True(IsDue(Low, Self));
        Assert.True(IsDue(Low, Self));    // the first sweep did not get through
        _schedule.Done(_now);
        Assert.False(IsDue(Low, Self));
    }

    [Fact]
    public void The_lowest_that_is_left_sweeps_for_one_that_is_gone()
    {
        Join(Self, High);

        Assert.True(IsDue(Self));
    }

    [Fact]
    public void The_others_leave_it_to_the_lowest()
    {
        Join(Low, Self, High);

        Assert.False(IsDue(Low, Self));
    }

    [Fact]
    public void The_death_of_the_sweeper_makes_the_next_one_sweep_for_all()
    {
        Join(Low, Self, High);
        Assert.False(IsDue(Low, Self));

        Assert.True(IsDue(Self));
    }

    [Fact]
    public void A_restart_between_two_looks_is_a_death_too()
    {
        Join(Self, High);

        Assert.True(IsDue(Self, Silo(3, generation: 2)));
    }

    [Fact]
    public void The_lowest_looks_again_every_five_minutes_and_the_others_do_not()
    {
        Join(Self, High);
        _now += TimeSpan.FromSeconds(299);
        Assert.False(IsDue(Self, High));

        _now += TimeSpan.FromSeconds(1);

        Assert.True(IsDue(Self, High));
        Assert.False(IsDue(Low, Self, High));
    }

    private static SiloAddress Silo(int number, int generation = 1) =>
        SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11110 + number), generation);

    private void Join(params SiloAddress[] serving)
    {
        IsDue(serving);
        _schedule.Done(_now);
    }

    private bool IsDue(params SiloAddress[] serving) => _schedule.IsDue(serving, isLeading: serving.Min()!.Equals(Self), _now);
}
