using System.Text.Json;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Webhooks;

namespace VideoGen.Grains.Tests.Webhooks;

public sealed class WebhookStateTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly RetrySchedule Schedule = RetrySchedule.Parse("00:00:05 00:01:00")!;
    private static readonly WebhookState One = new WebhookState().Add(Order(6), Now);

    [Fact]
    public void A_new_event_is_due_at_once_and_a_known_one_changes_nothing()
    {
        Assert.Equal(("acme", "https://acme.example/hook"), (One.Owner, One.Url));
        Assert.Equal(Now, One.Next!.DueAt);
        Assert.Same(One, One.Add(Order(6), Now.AddHours(1)));
        Assert.Equal([6, 9], One.Add(Order(6, 9), Now).Deliveries.Select(one => one.Event.Version));
    }

    [Theory]
    [InlineData(200, WebhookStatus.Delivered)]
    [InlineData(204, WebhookStatus.Delivered)]
    [InlineData(299, WebhookStatus.Delivered)]
    [InlineData(302, WebhookStatus.Pending)]
    [InlineData(404, WebhookStatus.Pending)]
    [InlineData(410, WebhookStatus.Disabled)]
    [InlineData(429, WebhookStatus.Pending)]
    [InlineData(503, WebhookStatus.Pending)]
    public void Only_2xx_is_taken_and_only_410_ends_it(int status, WebhookStatus standing) =>
        Assert.Equal(standing, One.Attempted(6, Reply(status), Schedule, 0, Now).Deliveries[0].Standing);

    [Fact]
    public void Without_an_answer_it_is_tried_again_until_the_schedule_ends()
    {
        var trouble = new WebhookReply(Now, TimeSpan.FromSeconds(2), Trouble: WebhookFailure.Timeout);

        var first = One.Attempted(6, trouble, Schedule, 0, Now.AddSeconds(2));
        var last = first.Attempted(6, trouble, Schedule, 0, Now).Attempted(6, trouble, Schedule, 0, Now);

        Assert.Equal(Now.AddSeconds(7), first.Next!.DueAt);
        Assert.Null(last.Next);
        Assert.Equal(WebhookStatus.Failed, last.Deliveries[0].Standing);
        Assert.Equal([WebhookFailure.Timeout, WebhookFailure.Timeout, WebhookFailure.Timeout],
            last.Deliveries[0].Attempts.Select(attempt => attempt.Trouble!.Value));
    }

    [Fact]
    public void What_the_receiver_asks_for_moves_the_next_attempt() => Assert.Equal(
        Now.AddMinutes(3),
        One.Attempted(6, Reply(429) with { RetryAfter = TimeSpan.FromMinutes(3) }, Schedule, 0, Now).Next!.DueAt);

    [Fact]
    public void Only_the_newest_event_is_replayed_with_all_its_tries_before_it()
    {
        var done = One.Attempted(6, Reply(500), Schedule, 0, Now).Add(Order(9), Now).Attempted(9, Reply(200), Schedule, 0, Now)
            .Attempted(6, Reply(200), Schedule, 0, Now);

        var again = done.Replayed(Now.AddHours(1));

        Assert.Equal((9, 0, Now.AddHours(1)), (again.Next!.Event.Version, again.Next.Tries, again.Next.DueAt));
        Assert.Single(again.Next.Attempts);
        Assert.Equal(WebhookStatus.Delivered, again.Deliveries[0].Standing);
    }

    [Fact]
    public void It_stays_small_however_often_a_generation_ends_and_is_replayed()
    {
        var state = Enumerable.Range(1, 50).Aggregate(new WebhookState(), (state, version) => state.Add(Order(version), Now));
        for (var time = 0; time < 100; time++)
        {
            state = state.Replayed(Now).Attempted(50, Reply(500), Schedule, 0, Now);
        }

        Assert.Equal(WebhookState.MaxDeliveries, state.Deliveries.Length);
        Assert.Equal(WebhookState.MaxAttempts, state.Deliveries[^1].Attempts.Length);
    }

    [Fact]
    public void An_event_that_is_gone_changes_nothing() =>
        Assert.Same(One, One.Attempted(7, Reply(200), Schedule, 0, Now));

    [Fact]
    public void What_the_first_build_stored_loads_whole()
    {
        var state = JsonSerializer.Deserialize<WebhookState>("""
            {"Owner":"acme","Url":"https://acme.example/hook?token=x","Deliveries":[{"Event":{"Version":6,"Status":2,
            "At":"2026-11-24T12:00:00+00:00","Attempt":1,"IsPreview":false,"Film":{"Video":"o.mp4","Poster":"o.jpg",
            "DurationSeconds":5,"Width":768,"Height":768,"Bytes":9},"Error":null,"Cancellation":null},"Standing":0,
            "DueAt":"2026-11-24T12:00:05+00:00","Tries":1,"Attempts":[{"At":"2026-11-24T12:00:00+00:00","Status":null,"Trouble":1,
            "Duration":"00:00:20"}]}]}
            """)!;

        Assert.Equal((6, "o.mp4", WebhookFailure.Timeout),
            (state.Next!.Event.Version, state.Next.Event.Film!.Video, state.Next.Attempts[0].Trouble));
        Assert.Equal(JsonSerializer.Serialize(state), JsonSerializer.Serialize(JsonSerializer.Deserialize<WebhookState>(
            JsonSerializer.Serialize(state))));
    }

    private static WebhookReply Reply(int status) => new(Now, TimeSpan.Zero, status);

    private static WebhookOrder Order(params long[] versions) => new("acme", "https://acme.example/hook",
        [.. versions.Select(version => new WebhookEvent(version, GenerationStatus.Completed, Now, 1, IsPreview: false))]);

    [Fact]
    public void A_clock_that_was_put_back_is_later_than_the_last_attempt_all_the_same()
    {
        var tried = One.Attempted(6, Reply(500) with { At = Now.AddMinutes(9) }, Schedule, 0, Now.AddMinutes(9));

        Assert.Equal(Now, One.LatestKnown);
        Assert.Equal(Now.AddMinutes(9), tried.LatestKnown);
        Assert.Equal(DateTimeOffset.MinValue, new WebhookState().LatestKnown);
    }
}
