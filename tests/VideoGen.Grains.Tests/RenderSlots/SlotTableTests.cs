using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.RenderSlots;

namespace VideoGen.Grains.Tests.RenderSlots;

public sealed class SlotTableTests
{
    private static readonly DateTimeOffset Utc = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
    private static readonly UpstreamPause NoCredit = new(GenerationErrorCode.PaymentRequired, "The account has no credit left.");

    [Fact]
    public void A_refused_order_goes_back_to_its_old_place_and_is_the_first_probe()
    {
        var slots = Queue(1, 2, 3).Grant(1, TimeSpan.Zero).Refuse(NoCredit, Request(1), Utc, TimeSpan.Zero);

        Assert.Equal(1, slots.Queue.PositionOf("1"));
        Assert.Empty(slots.Grant(1, TimeSpan.FromSeconds(14)).Queue.Holders);
        var probing = slots.Grant(3, TimeSpan.FromSeconds(15));
        Assert.Equal(["1"], probing.Queue.Holders);
        Assert.True(probing.Pauses.IsProbe("1"));
    }

    [Fact]
    public void An_order_that_is_itself_the_cause_is_not_the_only_probe()
    {
        var slots = Queue(1, 2).Grant(1, TimeSpan.Zero).Refuse(NoCredit, Request(1), Utc, TimeSpan.Zero);

        var first = slots.Grant(1, TimeSpan.FromSeconds(15));
        var second = first.Refuse(NoCredit, Request(1), Utc, TimeSpan.FromSeconds(15)).Grant(1, TimeSpan.FromSeconds(45));
        var third = second.Refuse(NoCredit, Request(2), Utc, TimeSpan.FromSeconds(45)).Grant(1, TimeSpan.FromSeconds(105));

        Assert.Equal(["1", "2", "1"], new[] { first, second, third }.SelectMany(slots => slots.Queue.Holders));
    }

    [Fact]
    public void A_probe_that_is_accepted_lets_all_go_that_may()
    {
        var probing = Queue(1, 2, 3, 4).Refuse(NoCredit, Request(1), Utc, TimeSpan.Zero).Grant(3, TimeSpan.FromSeconds(15));

        Assert.Equal(["1", "2", "3"], probing.Resume("1").Grant(3, TimeSpan.FromSeconds(16)).Queue.Holders.Order());
        Assert.Equal(["1", "2", "3"], probing.Claim("1").Grant(3, TimeSpan.FromSeconds(16)).Queue.Holders.Order());
        Assert.Equal(["1"], probing.Resume("2").Grant(3, TimeSpan.FromSeconds(16)).Queue.Holders.Order());
    }

    [Fact]
    public void The_orders_of_other_models_pass_those_of_a_paused_one()
    {
        var slots = SlotTable.Empty.Join(Request(1, "wan")).Join(Request(2, "wan")).Join(Request(3, "ltx"))
            .Refuse(NoCredit with { Model = "wan" }, Request(1, "wan"), Utc, TimeSpan.Zero).Grant(2, TimeSpan.Zero);

        Assert.Equal(["3"], slots.Queue.Holders);
        Assert.Equal(3, slots.Join(Request(4, "ltx")).Queue.PositionOf("4"));
    }

    [Fact]
    public void A_pause_and_its_probe_survive_the_loss_of_the_memory()
    {
        var probing = Queue(1, 2).Refuse(NoCredit, Request(1), Utc, TimeSpan.Zero).Grant(2, TimeSpan.FromSeconds(15));

        var back = SlotTable.Load(probing.ToState(new RenderSlotState(), hasNewHolders: true), Utc);

        Assert.Equal(NoCredit, Assert.Single(back.Pauses.All).Pause);
        Assert.True(back.Pauses.IsProbe("1"));
        Assert.True(back.Leave("1", TimeSpan.Zero).Pauses.LetsGo(null, QueuePause.First));
    }

    [Fact]
    public void After_a_loss_those_at_the_head_go_in_their_order_whoever_asks_first()
    {
        var lost = SlotTable.Load(new RenderSlotState { Waiting = 400, NewestAt = At(400) }, Utc.AddHours(1));

        // The last of 400 and a new one ask at once; those at the head within two seconds.
        var slots = lost.Join(Request(400)).Join(Request(9000), isNew: true).Grant(1, TimeSpan.FromSeconds(1));
        Assert.Empty(slots.Queue.Holders);

        slots = Enumerable.Range(1, 16).Aggregate(slots, (some, number) => some.Join(Request(number)));
        for (var number = 1; number <= 16; number++)
        {
            slots = slots.Grant(1, TimeSpan.FromSeconds(3));
            Assert.Equal([$"{number}"], slots.Queue.Holders);
            slots = slots.Leave($"{number}", TimeSpan.FromSeconds(3));
        }

        Assert.Empty(slots.Grant(1, TimeSpan.FromSeconds(30)).Queue.Holders);
        Assert.Equal(["400"], slots.Grant(1, TimeSpan.FromSeconds(200)).Queue.Holders);
    }

    [Fact]
    public void After_a_loss_a_new_one_waits_until_all_who_waited_could_ask()
    {
        var lost = SlotTable.Load(new RenderSlotState { Waiting = 3, NewestAt = At(3) }, Utc.AddHours(1))
            .Join(Request(9000), isNew: true);

        Assert.Empty(lost.Grant(1, TimeSpan.FromSeconds(2.5)).Queue.Holders);
        Assert.Equal(["9000"], lost.Grant(1, TimeSpan.FromSeconds(3)).Queue.Holders);
    }

    [Fact]
    public void Nobody_is_waited_for_when_all_are_back_or_nobody_waited()
    {
        var back = Enumerable.Range(1, 40).Aggregate(
            SlotTable.Load(new RenderSlotState { Waiting = 40 }, Utc.AddHours(1)), (slots, number) =>
            slots.Join(Request(number)));

        Assert.Equal(30, back.Grant(30, TimeSpan.Zero).Queue.Holders.Count);
        Assert.Single(SlotTable.Load(new RenderSlotState(), Utc).Join(Request(1)).Grant(1, TimeSpan.Zero).Queue.Holders);
    }

    [Fact]
    public void A_clock_that_was_put_back_makes_no_new_ones_of_those_who_waited_and_gives_new_ones_no_better_place()
    {
        var lost = SlotTable.Load(new RenderSlotState { Waiting = 16, NewestAt = At(16) }, Utc.AddHours(-1));
        var slots = lost.Join(Request(16)).Join(new SlotRequest("new", Utc.AddHours(-1)), isNew: true);

        Assert.Equal(1, slots.Queue.PositionOf("16"));
        Assert.Equal(["16"], slots.Grant(1, TimeSpan.FromSeconds(3)).Queue.Holders);
    }

    [Fact]
    public void The_length_of_the_queue_is_stored_now_and_then_and_never_far_from_what_it_is()
    {
        var (slots, stored, writes) = (SlotTable.Empty, new RenderSlotState(), 0);
        foreach (var number in Enumerable.Range(1, 10_000))
        {
            slots = slots.Join(Request(number));
            Store();
            Assert.True(slots.Queue.Waiting.Count <= QueueRebuild.MostFor(stored.Waiting));
        }

        Assert.InRange(writes, 1, 200);
        foreach (var number in Enumerable.Range(1, 10_000))
        {
            slots = slots.Leave($"{number}", TimeSpan.Zero);
            Store();
        }

        Assert.InRange(writes, 1, 220);
        Assert.InRange(stored.Waiting, 0, 16);

        void Store()
        {
            var next = slots.ToState(stored, hasNewHolders: false);
            writes += ReferenceEquals(next, stored) ? 0 : 1;
            stored = next;
        }
    }

    private static SlotTable Queue(params int[] numbers) =>
        numbers.Aggregate(SlotTable.Empty, (slots, number) => slots.Join(Request(number)));

    private static SlotRequest Request(int number, string? model = null) => new($"{number}", At(number), model);

    private static DateTimeOffset At(int number) => Utc.AddSeconds(number);
}
