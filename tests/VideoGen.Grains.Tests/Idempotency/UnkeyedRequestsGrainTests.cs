using VideoGen.Grains.Contracts;
using VideoGen.Grains.Idempotency;
using VideoGen.Testing;

namespace VideoGen.Grains.Tests.Idempotency;

public sealed class UnkeyedRequestsGrainTests(ClusterFixture cluster)
{
    private readonly string _owner = Orders.NewId();

    private IUnkeyedRequestsGrain Requests => cluster.Unkeyed($"{_owner}/fingerprint");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_repetition_is_answered_the_first_generation_after_the_loss_of_the_activation(bool hasEnded)
    {
        var id = await SubmitAsync(0);
        if (hasEnded)
        {
            await Requests.EndedAsync(id, id, isAccepted: true, isSent: true);
        }

        await cluster.DeactivateAsync(Requests);
        var reply = await Requests.ReserveAsync(new UnkeyedRequest(Orders.NewId(), 1, "another node"));
        var again = reply.Generation ?? (await Requests.SubmitAsync(reply.GenerationId!, Orders.Request(_owner))).Generation;

        Assert.Equal((id, id), (reply.GenerationId, again!.Id));
        Assert.Single((await cluster.History(_owner).GetPageAsync(null, 10)).Entries);
    }

    [Fact]
    public async Task A_repetition_that_overtakes_its_original_makes_the_same_generation()
    {
        var id = Orders.NewId();
        await Requests.ReserveAsync(new UnkeyedRequest(id, 0, "node"));
        var repetition = await Requests.ReserveAsync(new UnkeyedRequest(Orders.NewId(), 1, "node"));

        var replies = await Task.WhenAll(
            Requests.SubmitAsync(repetition.GenerationId!, Orders.Request(_owner)),
            Requests.SubmitAsync(id, Orders.Request(_owner)));

        Assert.All(replies, reply => Assert.Equal(id, reply.Generation!.Id));
        Assert.Equal(
            [KeyStatus.New, KeyStatus.Replayed], replies.Select(reply => reply.Standing).Order());
        Assert.Single((await cluster.History(_owner).GetPageAsync(null, 10)).Entries);
    }

    [Fact]
    public async Task Fifty_equal_first_requests_at_once_are_fifty_generations()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => SubmitAsync(0)));

        Assert.Equal(50, ids.Distinct().Count());
        Assert.Equal(50, (await cluster.History(_owner).GetPageAsync(null, 100)).Entries.Count);
    }

    [Fact]
    public async Task A_deleted_generation_is_not_made_again_by_a_repetition()
    {
        var id = await SubmitAsync(0);
        await Requests.EndedAsync(id, id, isAccepted: true, isSent: true);
        await cluster.Generation(id).DiscardAsync();
        await Eventually.GetAsync(() => cluster.Generation(id).GetAsync(), found => found is null, _ => "It is not deleted.");

        var reply = await Requests.ReserveAsync(new UnkeyedRequest(Orders.NewId(), 1, "node"));

        Assert.Equal((KeyStatus.Replayed, id, null), (reply.Standing, reply.GenerationId, reply.Generation));
    }

    [Fact]
    public async Task A_reservation_that_could_not_be_stored_is_refused_and_another_one_succeeds()
    {
        cluster.Storage.FailWrites(Requests.GetGrainId().Key.ToString()!, 1);
        var request = new UnkeyedRequest(Orders.NewId(), 0, "node");

        await Assert.ThrowsAnyAsync<Exception>(() => Requests.ReserveAsync(request));
        await Requests.ReserveAsync(request);

        Assert.NotNull((await Requests.SubmitAsync(request.Id, Orders.Request(_owner))).Generation);
    }

    private async Task<string> SubmitAsync(int? count)
    {
        var id = Orders.NewId();
        var reply = await Requests.ReserveAsync(new UnkeyedRequest(id, count, "node"));
        Assert.Equal((KeyStatus.New, id), (reply.Standing, reply.GenerationId));
        Assert.NotNull((await Requests.SubmitAsync(id, cluster.Backends.RequestFor(new ScriptedBackend(), _owner))).Generation);
        return id;
    }
}
