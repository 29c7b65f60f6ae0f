using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Ledger;
using VideoGen.Testing;

namespace VideoGen.Grains.Tests.Webhooks;

/// <summary>An end is owed from the very write that makes it.</summary>
public sealed class OwedWebhookTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;
    private static readonly FinishedVideo Film = new("o.mp4", "o.jpg", 5, 768, 768, 9);

    [Fact]
    public void Nothing_is_owed_before_the_end_nor_without_an_address()
    {
        Assert.False(Accepted("https://shop.example/").OwesWebhooks);
        Assert.False(Accepted(null).Cancel(Now).OwesWebhooks);
    }

    [Fact]
    public void A_film_is_announced_with_what_was_measured_on_it()
    {
        var completed = Started().Completed(Film, Now);

        var owed = Assert.Single(completed.OwedEvents());
        Assert.Equal(("generation.completed", completed.Version, Film, 1), (owed.Type, owed.Version, owed.Film, owed.Attempt));
        Assert.Equal("msg_01994fd6b0f37c5aa8b2c1d4e5f60718_3", owed.IdOf("01994fd6-b0f3-7c5a-a8b2-c1d4e5f60718"));
    }

    [Fact]
    public void What_was_handed_over_is_not_owed_any_more()
    {
        var completed = Started().Completed(Film, Now);

        Assert.False(completed.Announced(completed.Version).OwesWebhooks);
    }

    [Fact]
    public void A_failure_that_was_retried_is_still_owed_behind_which_the_film_follows()
    {
        var completed = Started().Failed(Orders.Error(), Now).Retry(Now)
            .Intend(Orders.Model("b"), new BackendTraits(true, false), new RenderPlan(), Now)
            .Completed(Film, Now);

        Assert.Equal(["generation.failed", "generation.completed"], completed.OwedEvents().Select(owed => owed.Type));
        Assert.Equal(Orders.Error().Code, completed.OwedEvents()[0].Error!.Code);
        Assert.Null(completed.OwedEvents()[0].Film);
        Assert.Equal("generation.completed", Assert.Single(completed.Announced(3).OwedEvents()).Type);
    }

    [Fact]
    public void A_cancel_is_announced_and_a_delete_is_not()
    {
        var canceled = Accepted("https://shop.example/").Cancel(Now);

        Assert.Equal("generation.canceled", Assert.Single(canceled.OwedEvents()).Type);
        Assert.True(canceled.OwedEvents()[0].Cancellation!.Confirmed);
        Assert.False(canceled.Delete(Now).OwesWebhooks);
    }

    private static Generation Started() =>
        Accepted("https://shop.example/").Intend(Orders.Model("b"), new BackendTraits(true, false), new RenderPlan(), Now);

    private static Generation Accepted(string? url) =>
        Generation.Accept(Orders.Request() with { WebhookUrl = url }, new HistoryEntry(1, "o", Now));
}
