using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.RenderSlots;
using VideoGen.Testing;

namespace VideoGen.Grains.Tests.Generations;

/// <summary>A model that several upstreams render: where a request goes, and what happens when one of them is away.</summary>
public sealed class SharedModelTests(ClusterFixture cluster)
{
    [Fact]
    public async Task Requests_are_spread_over_the_upstreams_and_each_is_sent_once()
    {
        var servers = Servers(4);
        var model = Share(servers);

        var ids = await OrderAsync(model, 40);

        await AllCompleteAsync(ids);
        Assert.All(ids, id => Assert.Equal(1, servers.Sum(server => server.SubmitsOf(id))));
        Assert.All(servers, server => Assert.InRange(Submits(server, ids), 8, 12));
        Assert.All(servers, server => Assert.Equal(1, server.MostInFlight));
    }

    [Fact]
    public async Task A_server_that_is_down_gets_nothing_and_the_others_get_all()
    {
        var servers = Servers(3);
        servers[0].Plan = _ => Task.FromResult<PlanOutcome>(new PlanOutcome.Refused(
            Orders.Error(GenerationErrorCode.ProviderUnavailable), VerdictScope.Upstream, TimeSpan.FromMinutes(1)));
        var model = Share(servers);

        var ids = await OrderAsync(model, 12);

        await AllCompleteAsync(ids);
        Assert.Equal(0, Submits(servers[0], ids));
        Assert.True(Submits(servers[1], ids) > 2 && Submits(servers[2], ids) > 2);
    }

    [Fact]
    public async Task A_server_that_comes_back_gets_requests_again()
    {
        var servers = Servers(2);
        var isUp = false;
        servers[0].Plan = order => Task.FromResult(isUp
            ? servers[0].Planned(order)
            : new PlanOutcome.Refused(
                Orders.Error(GenerationErrorCode.ProviderUnavailable), VerdictScope.Upstream, TimeSpan.FromSeconds(0.2)));
        var model = Share(servers);
        await AllCompleteAsync(await OrderAsync(model, 4));

        isUp = true;

        var ids = await OrderAsync(model, 30);
        await AllCompleteAsync(ids);
        Assert.True(Submits(servers[0], ids) > 0);
    }

    [Fact]
    public async Task A_request_that_one_server_certainly_did_not_take_goes_to_another()
    {
        var servers = Servers(2);
        servers[0].Submit = _ => Task.FromResult<SubmitOutcome>(new SubmitOutcome.NotAccepted(
            Orders.Error(GenerationErrorCode.ProviderUnavailable), Transient: true, TimeSpan.FromMinutes(1),
            VerdictScope.Upstream));
        var model = Share(servers);

        var ids = await OrderAsync(model, 6);

        await AllCompleteAsync(ids);
        Assert.Equal(6, Submits(servers[1], ids));
    }

    [Fact]
    public async Task An_upstream_that_is_drained_gets_no_new_jobs()
    {
        var servers = Servers(2);
        servers[0].Traits = servers[0].Traits with { IsDrained = true };
        var model = Share(servers);

        var ids = await OrderAsync(model, 6);

        await AllCompleteAsync(ids);
        Assert.Equal((0, 6), (Submits(servers[0], ids), Submits(servers[1], ids)));
    }

    [Fact]
    public async Task While_all_upstreams_are_drained_a_request_waits_and_says_why()
    {
        var servers = Servers(2);
        Array.ForEach(servers, server => server.Traits = server.Traits with { IsDrained = true });

        var id = Assert.Single(await OrderAsync(Share(servers), 1));

        var waiting = await cluster.UntilAsync(id, seen => seen.Stage is GenerationStage.WaitingForCapacity);
        Assert.Contains("out of service", waiting.WaitReason, StringComparison.Ordinal);
        await cluster.Generation(id).CancelAsync();
    }

    [Fact]
    public async Task A_job_stays_where_it_was_sent()
    {
        var servers = Servers(2);
        var finish = new TaskCompletionSource();
        Array.ForEach(servers, server => server.Poll = async (request, _, _) =>
        {
            await finish.Task;
            return new PollOutcome.Rendered(new RenderResult(request.OriginalName));
        });
        var model = Share(servers);
        var ids = await OrderAsync(model, 2);
        await Task.WhenAll(ids.Select(id => cluster.UntilAsync(id, seen => seen.Attempt == 1)));

        var late = await OrderAsync(model, 3);
        finish.SetResult();

        await AllCompleteAsync([.. ids, .. late]);
        Assert.All(ids.Concat(late), id => Assert.Equal(1, servers.Sum(server => server.SubmitsOf(id))));
    }

    [Theory]
    [InlineData(false, GenerationStatus.Completed, 2)]
    [InlineData(true, GenerationStatus.Failed, 1)]
    public async Task A_job_that_a_server_has_forgotten_is_rendered_again_where_that_costs_nothing(
        bool costsMoney, GenerationStatus expected, int submits)
    {
        var server = new ScriptedBackend { Name = NewName(), Traits = new(false, costsMoney) };
        server.Poll = (request, _, _) => Task.FromResult<PollOutcome>(request.Attempt == 1
            ? new PollOutcome.Suspect(Orders.Error(GenerationErrorCode.JobLost))
            : new PollOutcome.Rendered(new RenderResult(request.OriginalName)));
        var model = cluster.Backends.Add(server);

        var id = Assert.Single(await OrderAsync(model, 1));

        Assert.Equal(expected, (await cluster.UntilEndAsync(id)).Status);
        Assert.Equal(submits, server.SubmitsOf(id));
    }

    [Fact]
    public async Task A_request_that_costs_money_as_planned_is_not_repeated_although_its_upstream_is_free()
    {
        var server = new ScriptedBackend { Name = NewName(), Traits = new(false, false) };
        server.Plan = request =>
        {
            var planned = (PlanOutcome.Planned)server.Planned(request);
            return Task.FromResult<PlanOutcome>(
                planned with { Plan = planned.Plan with { RepeatCostsMoney = true } });
        };
        server.Submit = _ => Task.FromResult<SubmitOutcome>(
            new SubmitOutcome.Unknown(Orders.Error(GenerationErrorCode.OutcomeUnknown)));
        var model = cluster.Backends.Add(server);

        var id = Assert.Single(await OrderAsync(model, 1));

        Assert.Equal(GenerationErrorCode.OutcomeUnknown, (await cluster.UntilEndAsync(id)).Error!.Code);
        Assert.Equal(1, server.SubmitsOf(id));
    }

    [Fact]
    public async Task A_slot_that_was_granted_while_the_request_went_elsewhere_is_freed()
    {
        var servers = Servers(2);
        var finish = new TaskCompletionSource();
        servers[0].Poll = async (request, _, _) =>
        {
            await finish.Task;
            return new PollOutcome.Rendered(new RenderResult(request.OriginalName));
        };
        var model = Share(servers);
        servers[1].Plan = _ => Task.FromResult<PlanOutcome>(new PlanOutcome.Refused(
            Orders.Error(GenerationErrorCode.ProviderUnavailable), VerdictScope.Upstream, TimeSpan.FromSeconds(0.1)));
        var first = Assert.Single(await OrderAsync(model, 1));
        await cluster.UntilAsync(first, seen => seen.Attempt == 1);

        // As if its release had been lost: the queue of the other server believes that it holds a slot there.
        await cluster.Queue(servers[1].Name).RequestAsync(first, DateTimeOffset.UtcNow, isRunning: true);
        servers[1].Plan = null;

        var second = Assert.Single(await OrderAsync(model, 1));
        await AllCompleteAsync([second]);
        Assert.Equal(1, servers[1].SubmitsOf(second));
        finish.SetResult();
        await AllCompleteAsync([first]);
    }

    [Fact]
    public async Task A_slot_at_the_upstream_that_a_request_fell_back_from_is_freed()
    {
        var servers = Servers(2);
        var finish = new TaskCompletionSource();
        servers[1].Poll = async (request, _, _) =>
        {
            await finish.Task;
            return new PollOutcome.Rendered(new RenderResult(request.OriginalName));
        };
        var other = cluster.Backends.Add(servers[1]);
        var model = cluster.Backends.Add(servers[0], other.Id);
        servers[0].Plan = _ => Task.FromResult<PlanOutcome>(
            new PlanOutcome.Unavailable(Orders.Error(), null, VerdictScope.Upstream));
        var first = Assert.Single(await OrderAsync(model, 1));
        await cluster.UntilAsync(first, seen => seen.Backend == servers[1].Name);

        // As if its release had been lost.
        await cluster.Queue(servers[0].Name).RequestAsync(first, DateTimeOffset.UtcNow, isRunning: true);

        var next = Orders.NewId();
        await Eventually.TrueAsync(async () =>
            (await cluster.Queue(servers[0].Name).RequestAsync(next, DateTimeOffset.UtcNow, isRunning: false))
                .Standing is SlotStatus.Granted, "The slot is not freed.");
        finish.SetResult();
        await AllCompleteAsync([first]);
    }

    private static string NewName() => $"u{Guid.NewGuid():N}";

    private static int Submits(ScriptedBackend server, IEnumerable<string> ids) => ids.Sum(server.SubmitsOf);

    /// <summary>Servers that render one job at a time, in about a tenth of a second.</summary>
    private static ScriptedBackend[] Servers(int count) => [.. Enumerable.Range(0, count).Select(_ => new ScriptedBackend
    {
        Name = NewName(),
        Traits = new(IsPreview: false, RepeatCostsMoney: false, MaxConcurrent: 1),
        Poll = async (request, _, stop) =>
        {
            await Task.Delay(100, stop);
            return new PollOutcome.Rendered(new RenderResult(request.OriginalName));
        },
    })];

    private VideoModel Share(ScriptedBackend[] servers)
    {
        var model = new VideoModel(NewName(), servers[0].Name) { Upstreams = [.. servers.Select(server => server.Name)] };
        Array.ForEach(servers, server => cluster.Backends.Add(server));
        return cluster.Backends.Add(model);
    }

    private async Task<string[]> OrderAsync(VideoModel model, int count)
    {
        var ids = Enumerable.Range(0, count).Select(_ => Orders.NewId()).ToArray();
        await Task.WhenAll(ids.Select(id => cluster.Generation(id).SubmitAsync(Orders.Request() with { Model = model.Id })));
        return ids;
    }

    private async Task AllCompleteAsync(string[] ids)
    {
        var ends = await Task.WhenAll(ids.Select(cluster.UntilEndAsync));
        Assert.All(ends, end => Assert.Equal(GenerationStatus.Completed, end.Status));
    }
}
