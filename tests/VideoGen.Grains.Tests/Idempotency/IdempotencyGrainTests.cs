using VideoGen.Grains.Idempotency;
using VideoGen.Testing;

namespace VideoGen.Grains.Tests.Idempotency;

public sealed class IdempotencyGrainTests(ClusterFixture cluster)
{
    [Fact]
    public async Task Fifty_concurrent_duplicates_make_one_generation()
    {
        var backend = new ScriptedBackend();
        var owner = Orders.NewId();
        var request = cluster.Backends.RequestFor(backend, owner);
        var key = cluster.Key($"{owner}/key");

        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => key.SubmitAsync("body", request)));

        var id = Assert.Single(replies.Select(reply => reply.Generation!.Id).Distinct());
        Assert.Single(replies, reply => reply.Standing is KeyStatus.New);
        Assert.Single((await cluster.History(owner).GetPageAsync(null, 10)).Entries);
        await cluster.UntilEndAsync(id);
        Assert.Equal(1, backend.SubmitsOf(id));
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused_and_makes_nothing()
    {
        var owner = Orders.NewId();
        var key = cluster.Key($"{owner}/key");
        await key.SubmitAsync("body", Orders.Request(owner));

        var reply = await key.SubmitAsync("other body", Orders.Request(owner));

        Assert.Equal((KeyStatus.OtherBody, null), (reply.Standing, reply.Generation));
        Assert.Equal(KeyStatus.OtherBody, (await key.FindAsync("other body")).Standing);
        Assert.Single((await cluster.History(owner).GetPageAsync(null, 10)).Entries);
    }

    [Fact]
    public async Task A_reservation_whose_submit_was_cut_off_is_submitted_under_the_same_id()
    {
        var owner = Orders.NewId();
        var id = Orders.NewId();
        var key = cluster.Key($"{owner}/key");
        cluster.Storage.Seed(key.GetGrainId(), "key",
            new KeyReservation { GenerationId = id, Fingerprint = "body", ReservedAt = DateTimeOffset.UtcNow });

        Assert.Equal(KeyStatus.New, (await key.FindAsync("body")).Standing);
        Assert.Equal(id, (await key.SubmitAsync("body", Orders.Request(owner))).Generation!.Id);
        Assert.Equal(KeyStatus.Replayed, (await key.FindAsync("body")).Standing);
    }

    [Fact]
    public async Task A_call_that_is_repeated_finds_what_it_made_and_another_one_is_told_that_it_is_a_replay()
    {
        var owner = Orders.NewId();
        var (id, other) = (Orders.NewId(), Orders.NewId());
        var key = cluster.Key($"{owner}/key");

        var first = await key.SubmitAsAsync("body", id, Orders.Request(owner));
        var repeated = await key.SubmitAsAsync("body", id, Orders.Request(owner));
        var replayed = await key.SubmitAsAsync("body", other, Orders.Request(owner));

        Assert.Equal(
            [(KeyStatus.New, id), (KeyStatus.New, id), (KeyStatus.Replayed, id)],
            new[] { first, repeated, replayed }.Select(reply => (reply.Standing, reply.Generation!.Id)));
        Assert.Null(await cluster.Generation(other).GetAsync());
        Assert.Single((await cluster.History(owner).GetPageAsync(null, 10)).Entries);
    }

    [Fact]
    public async Task A_key_is_forgotten_after_its_time()
    {
        var owner = Orders.NewId();
        var key = cluster.Key($"{owner}/key");
        cluster.Storage.Seed(key.GetGrainId(), "key", new KeyReservation
        {
            GenerationId = Orders.NewId(),
            Fingerprint = "old",
            ReservedAt = DateTimeOffset.UtcNow - KeyStorage.Lifetime,
            IsAccepted = true,
        });

        Assert.Equal(KeyStatus.New, (await key.FindAsync("old")).Standing);
        cluster.Storage.Drop(key.GetGrainId(), "key");

        Assert.Equal(KeyStatus.New, (await key.SubmitAsync("body", Orders.Request(owner))).Standing);
        Assert.Equal(KeyStatus.Replayed, (await key.FindAsync("body")).Standing);
    }

    [Fact]
    public async Task A_deleted_generation_is_not_made_again_by_its_key()
    {
        var owner = Orders.NewId();
        var key = cluster.Key($"{owner}/key");
        var id = (await key.SubmitAsync("body", cluster.Backends.RequestFor(new ScriptedBackend(), owner))).Generation!.Id;
        await cluster.UntilEndAsync(id);
        await cluster.Generation(id).DeleteAsync();

        var reply = await key.SubmitAsync("body", Orders.Request(owner));

        Assert.Equal((KeyStatus.Replayed, id, null), (reply.Standing, reply.GenerationId, reply.Generation));
    }

    [Fact]
    public async Task A_store_that_fails_leaves_the_key_usable()
    {
        var owner = Orders.NewId();
        var key = cluster.Key($"{owner}/key");
        cluster.Storage.FailWrites($"{owner}/key", times: 1);

        await Assert.ThrowsAnyAsync<Exception>(() => key.SubmitAsync("body", Orders.Request(owner)));

        Assert.NotNull((await key.SubmitAsync("body", Orders.Request(owner))).Generation);
        Assert.Single((await cluster.History(owner).GetPageAsync(null, 10)).Entries);
    }
}
