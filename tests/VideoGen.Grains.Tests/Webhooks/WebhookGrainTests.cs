using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Ledger;
using VideoGen.Grains.Webhooks;
using VideoGen.Testing;

namespace VideoGen.Grains.Tests.Webhooks;

/// <summary>From the end of a generation to its receiver, in a real silo; the way itself is scripted.</summary>
public sealed class WebhookGrainTests(ClusterFixture cluster)
{
    private readonly string _url = $"https://shop.example/{Guid.NewGuid():N}?token=secret";

    [Fact]
    public async Task A_finished_film_is_announced_once_and_the_log_tells_it()
    {
        var id = await SubmitAsync(new ScriptedBackend());

        var log = await UntilAsync(id, one => one.Standing is WebhookStatus.Delivered);

        var sent = Assert.Single(cluster.Webhooks.To(_url));
        Assert.Equal((id, "generation.completed", "public"), (sent.GenerationId, sent.Event.Type, sent.Owner));
        Assert.Equal(_url[.._url.IndexOf('?')], log.Url);
        Assert.Equal(204, Assert.Single(log.Deliveries[0].Attempts).Status);
        await UntilAsync(() => !Stored(id).OwesWebhooks);
    }

    [Fact]
    public async Task A_receiver_that_fails_is_tried_again_with_the_same_event()
    {
        cluster.Webhooks.Answer(_url, time => RecordedWebhooks.Status(time < 3 ? 500 : 200));
        var id = await SubmitAsync(new ScriptedBackend());

        var log = await UntilAsync(id, one => one.Standing is WebhookStatus.Delivered);

        Assert.Equal([500, 500, 200], log.Deliveries[0].Attempts.Select(attempt => attempt.Status!.Value));
        Assert.Single(cluster.Webhooks.To(_url).Select(sent => sent.Event.IdOf(id)).Distinct());
    }

    [Fact]
    public async Task A_receiver_that_never_takes_it_is_given_up_and_gets_it_by_a_replay()
    {
        cluster.Webhooks.Answer(_url, _ => RecordedWebhooks.Status(500));
        var id = await SubmitAsync(new ScriptedBackend());
        await UntilAsync(id, one => one.Standing is WebhookStatus.Failed);
        cluster.Webhooks.Answer(_url, _ => RecordedWebhooks.Status(200));

        var replayed = await cluster.Webhook(id).ReplayAsync();

        Assert.NotNull(replayed);
        await UntilAsync(id, one => one.Standing is WebhookStatus.Delivered);
        Assert.Single(cluster.Webhooks.To(_url).Select(sent => sent.Event.IdOf(id)).Distinct());
    }

    [Fact]
    public async Task An_end_that_was_stored_right_before_a_crash_is_announced_by_the_next_activation()
    {
        var id = Orders.NewId();
        cluster.Storage.Seed(cluster.Generation(id).GetGrainId(), "generation", Ended(id));

        await cluster.Generation(id).GetAsync();

        await UntilAsync(id, one => one.Standing is WebhookStatus.Delivered);
        Assert.Equal("generation.canceled", Assert.Single(cluster.Webhooks.To(_url)).Event.Type);
    }

    [Fact]
    public async Task The_reminder_announces_what_no_activation_has()
    {
        var id = Orders.NewId();
        cluster.Storage.Seed(cluster.Generation(id).GetGrainId(), "generation", Ended(id));

        await cluster.Generation(id).AsReference<IRemindable>().ReceiveReminder("drive/public", default);

        await UntilAsync(id, one => one.Standing is WebhookStatus.Delivered);
    }

    [Fact]
    public async Task A_delivery_that_was_stored_right_before_a_crash_is_taken_up_by_the_next_activation()
    {
        var id = Orders.NewId();
        var ended = Ended(id);
        cluster.Storage.Seed(cluster.Webhook(id).GetGrainId(), "webhook",
            new WebhookState().Add(new WebhookOrder("public", _url, ended.OwedEvents()), DateTimeOffset.UtcNow));

        await UntilAsync(id, one => one.Standing is WebhookStatus.Delivered);
        await cluster.Webhook(id).DeliverAsync(new WebhookOrder("public", _url, ended.OwedEvents()));

        Assert.Single((await cluster.Webhook(id).GetAsync())!.Deliveries);
        Assert.Single(cluster.Webhooks.To(_url));
    }

    [Fact]
    public async Task An_address_that_is_gone_is_called_no_more_by_that_owner_until_a_replay()
    {
        cluster.Webhooks.Answer(_url, _ => RecordedWebhooks.Status(410));
        var first = await SubmitAsync(new ScriptedBackend());
        await UntilAsync(first, one => one.Standing is WebhookStatus.Disabled);

        var second = await SubmitAsync(new ScriptedBackend());
        var skipped = await UntilAsync(second, one => one.Standing is WebhookStatus.Disabled);

        Assert.Single(cluster.Webhooks.To(_url));
        Assert.Equal(WebhookFailure.Disabled, skipped.Deliveries[0].Attempts[^1].Trouble);

        cluster.Webhooks.Answer(_url, _ => RecordedWebhooks.Status(200));
        await cluster.Webhook(second).ReplayAsync();
        await UntilAsync(second, one => one.Standing is WebhookStatus.Delivered);
        var third = await SubmitAsync(new ScriptedBackend());
        await UntilAsync(third, one => one.Standing is WebhookStatus.Delivered);
    }

    [Fact]
    public async Task A_deleted_generation_leaves_nothing_of_its_webhooks()
    {
        cluster.Webhooks.Answer(_url, _ => RecordedWebhooks.Status(500) with { RetryAfter = TimeSpan.FromHours(1) });
        var id = await SubmitAsync(new ScriptedBackend());
        await UntilAsync(id, one => one.Attempts.Length == 1);

        Assert.Equal(DeleteOutcome.Deleted, await cluster.Generation(id).DeleteAsync());

        Assert.False(cluster.Storage.Holds(cluster.Webhook(id).GetGrainId(), "webhook"));
        Assert.Null(await cluster.Webhook(id).GetAsync());
    }

    [Fact]
    public async Task Without_an_address_nothing_is_stored_for_webhooks()
    {
        var id = await cluster.SubmitAsync(new ScriptedBackend());
        await cluster.UntilEndAsync(id);

        Assert.Null(await cluster.Webhook(id).ReplayAsync());
        Assert.False(cluster.Storage.Holds(cluster.Webhook(id).GetGrainId(), "webhook"));
    }

    private Generation Ended(string id) => Generation
        .Accept(Orders.Request() with { WebhookUrl = _url }, new HistoryEntry(1, id, DateTimeOffset.UtcNow))
        .Cancel(DateTimeOffset.UtcNow);

    private async Task<string> SubmitAsync(ScriptedBackend backend)
    {
        var id = Orders.NewId();
        await cluster.Generation(id).SubmitAsync(cluster.Backends.RequestFor(backend) with { WebhookUrl = _url });
        return id;
    }

    private Generation Stored(string id) => cluster.Storage.Read<Generation>(cluster.Generation(id).GetGrainId(), "generation");

    /// <summary>Reads until the only delivery is as wanted.</summary>
    private async Task<WebhookLog> UntilAsync(string id, Func<WebhookDelivery, bool> isWanted)
    {
        WebhookLog? log = null;
        await UntilAsync(async () => (log = await cluster.Webhook(id).GetAsync()) is { Deliveries: [var one] } && isWanted(one));
        return log!;
    }

    private static Task UntilAsync(Func<bool> isSo) => UntilAsync(() => Task.FromResult(isSo()));

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await isSo())
        {
            Assert.False(patience.IsCancellationRequested);
            await Task.Delay(10);
        }
    }
}
