using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Testing;

namespace VideoGen.Grains.Tests.Quotas;

/// <summary>Limits on a real silo: a cluster of their own, because the others limit nothing.</summary>
public sealed class QuotaGrainTests(QuotaGrainTests.LimitedCluster limited) : IClassFixture<QuotaGrainTests.LimitedCluster>
{
    [Fact]
    public async Task A_day_has_so_many_orders_for_each_owner_and_what_is_refused_leaves_no_trace()
    {
        var cluster = limited.With(rendersPerDay: 3);
        var owner = Orders.NewId();

        var replies = new List<SubmitReply>();
        for (var i = 0; i < 4; i++)
        {
            replies.Add(await cluster.Generation(Orders.NewId()).SubmitAsync(Request(cluster, new ScriptedBackend(), owner)));
        }

        Assert.Equal([2, 1, 0], replies.Take(3).Select(reply => Assert.Single(reply.Allowance!.Standings).Left));
        Assert.Null(replies[3].Generation);
        Assert.Equal(QuotaKind.Renders, replies[3].Allowance!.Refusal!.Kind);
        Assert.InRange(replies[3].RetryAfter!.Value, TimeSpan.Zero, TimeSpan.FromDays(1));
        Assert.Equal(3, (await cluster.History(owner).GetPageAsync(null, 10)).Entries.Count);
        await cluster.SubmitAsync(new ScriptedBackend(), Orders.NewId());
    }

    [Fact]
    public async Task What_was_spent_outlives_the_activation()
    {
        var cluster = limited.With(rendersPerDay: 2, unfinished: 2);
        var owner = Orders.NewId();
        var answer = new TaskCompletionSource<SubmitOutcome>();
        await cluster.SubmitAsync(Waiting(answer), owner);
        await cluster.SubmitAsync(Waiting(answer), owner);

        await cluster.DeactivateAsync(cluster.Allowance(owner));

        Assert.NotNull((await cluster.Allowance(owner).TakeAsync(Orders.NewId(), 1)).Refusal);
        answer.SetResult(Refused);
    }

    [Fact]
    public async Task One_that_can_not_be_read_keeps_its_place_and_stops_no_order()
    {
        var cluster = limited.With(unfinished: 2);
        var (owner, damaged) = (Orders.NewId(), Orders.NewId());
        cluster.Storage.Damage(cluster.Generation(damaged).GetGrainId(), "generation");
        await cluster.Allowance(owner).TakeAsync(damaged, 1);
        await cluster.Allowance(owner).TakeAsync(Orders.NewId(), 1);    // nobody knows this one, so it has ended

        Assert.Null((await cluster.Allowance(owner).TakeAsync(Orders.NewId(), 1)).Refusal);
    }

    [Fact]
    public async Task Repeating_an_order_whose_answer_was_lost_counts_once()
    {
        var cluster = limited.With(rendersPerDay: 2);
        var (owner, id) = (Orders.NewId(), Orders.NewId());

        await cluster.Allowance(owner).TakeAsync(id, 1);
        var again = await cluster.Allowance(owner).TakeAsync(id, 1);
        var retry = await cluster.Allowance(owner).TakeAsync(id, 2);

        Assert.Equal(1, Assert.Single(again.Standings).Left);
        Assert.Null(retry.Refusal);
        Assert.NotNull((await cluster.Allowance(owner).TakeAsync(Orders.NewId(), 1)).Refusal);
    }

    [Fact]
    public async Task A_minute_has_so_many_orders_and_nothing_is_written_for_that()
    {
        var cluster = limited.With(submitsPerMinute: 1);
        var owner = Orders.NewId();
        await cluster.Allowance(owner).TakeAsync(Orders.NewId(), 1);

        var refusal = (await cluster.Allowance(owner).TakeAsync(Orders.NewId(), 1)).Refusal;

        Assert.Equal((QuotaKind.Submits, 1, 0), (refusal!.Kind, refusal.Limit, refusal.Left));
        Assert.InRange(refusal.Reset, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(60));
        Assert.False(cluster.Storage.Holds(cluster.Allowance(owner).GetGrainId(), "allowance"));
    }

    [Fact]
    public async Task A_place_among_the_unfinished_is_free_again_when_the_generation_itself_says_so()
    {
        var cluster = limited.With(unfinished: 1);
        var owner = Orders.NewId();
        var answer = new TaskCompletionSource<SubmitOutcome>();
        var first = await cluster.SubmitAsync(Waiting(answer), owner);

        var refused = await cluster.Generation(Orders.NewId()).SubmitAsync(Request(cluster, new ScriptedBackend(), owner));
        Assert.Equal(QuotaKind.Unfinished, refused.Allowance!.Refusal!.Kind);

        answer.SetResult(Refused);
        await cluster.UntilEndAsync(first);
        await cluster.DeactivateAsync(cluster.Allowance(owner));    // so that it asks at once and not after its pause
        await cluster.SubmitAsync(new ScriptedBackend(), owner);
    }

    [Fact]
    public async Task A_place_of_an_order_that_died_with_its_silo_does_not_stay_taken()
    {
        var cluster = limited.With(unfinished: 1);
        var owner = Orders.NewId();
        await cluster.Allowance(owner).TakeAsync(Orders.NewId(), 1);    // nothing ever came of it

        await cluster.SubmitAsync(new ScriptedBackend(), owner);
    }

    [Fact]
    public async Task A_retry_that_has_to_be_rendered_anew_counts_and_leaves_the_generation_as_it_was_when_refused()
    {
        var cluster = limited.With(rendersPerDay: 2);
        var owner = Orders.NewId();
        var backend = new ScriptedBackend
        {
            Submit = _ => Task.FromResult(Refused),
        };
        var id = await cluster.SubmitAsync(backend, owner);
        await cluster.UntilEndAsync(id);

        Assert.Equal(0, Assert.Single((await cluster.Generation(id).OrderAgainAsync())!.Allowance!.Standings).Left);
        await cluster.UntilEndAsync(id);
        var refused = await cluster.Generation(id).OrderAgainAsync();

        Assert.Null(refused!.Generation);
        Assert.Equal(QuotaKind.Renders, refused.Allowance!.Refusal!.Kind);
        Assert.Equal(GenerationStatus.Failed, (await cluster.Generation(id).GetAsync())!.Status);
        Assert.Equal(2, backend.SubmitsOf(id));
    }

    private static ScriptedBackend Waiting(TaskCompletionSource<SubmitOutcome> answer) => new() { Submit = _ => answer.Task };

    private static SubmitOutcome Refused { get; } = new SubmitOutcome.NotAccepted(Orders.Error(), Transient: false);

    private static GenerationRequest Request(ClusterFixture cluster, ScriptedBackend backend, string owner) =>
        cluster.Backends.RequestFor(backend, owner);

    /// <summary>One cluster, whose limits each test sets; no other runs meanwhile.</summary>
    public sealed class LimitedCluster : IAsyncLifetime
    {
        private readonly ClusterFixture _cluster = new() { Time = new Noon() };

        public ClusterFixture With(int submitsPerMinute = 0, int unfinished = 0, int rendersPerDay = 0)
        {
            var limits = _cluster.Limits;
            (limits.SubmitsPerMinute, limits.Unfinished, limits.RendersPerDay) = (submitsPerMinute, unfinished, rendersPerDay);
            return _cluster;
        }

        public ValueTask InitializeAsync() => _cluster.InitializeAsync();

        public ValueTask DisposeAsync() => _cluster.DisposeAsync();
    }

    /// <summary>A clock that starts at noon: no test meets the end of a day.</summary>
    private sealed class Noon : TimeProvider
    {
        private readonly TimeSpan _shift = TimeSpan.FromHours(12) - DateTime.UtcNow.TimeOfDay;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _shift;
    }
}
