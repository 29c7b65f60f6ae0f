using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Ledger;
using VideoGen.Testing;

namespace VideoGen.Grains.Tests.Generations;

/// <summary>Several models and upstreams: which one makes a video, and what happens when it does not take the request.</summary>
public sealed class ModelTests(ClusterFixture cluster)
{
    [Fact]
    public async Task The_named_model_makes_the_video()
    {
        var backend = NewUpstream();
        var model = cluster.Backends.Add(backend);

        var id = await OrderAsync(model);

        var end = await cluster.UntilEndAsync(id);
        Assert.Equal((GenerationStatus.Completed, model.Id, model.Id), (end.Status, end.Model, end.OrderedModel));
        Assert.Equal((backend.Name, 1), (end.Backend, backend.SubmitsOf(id)));
    }

    [Fact]
    public async Task The_default_is_stored_with_a_request_that_names_no_model()
    {
        var end = await cluster.UntilEndAsync(await cluster.SubmitAsync(new ScriptedBackend()));

        Assert.Equal(("scripted", "scripted", null), (end.Model, end.OrderedModel, end.Request.Model));
    }

    [Fact]
    public async Task The_upstream_gets_its_own_name_of_the_model()
    {
        var named = new List<string?>();
        var backend = NewUpstream();
        cluster.Backends.Add(backend);
        var model = cluster.Backends.Add(new VideoModel(NewName(), backend.Name, "Wan-AI/Wan2.2", "Wan", []));
        backend.Plan = order =>
        {
            named.Add(order.Model);
            return Task.FromResult(backend.Planned(order));
        };

        await cluster.UntilEndAsync(await OrderAsync(model));

        Assert.Equal(["Wan-AI/Wan2.2"], named);
    }

    [Theory]
    [InlineData(GenerationErrorCode.PaymentRequired)]
    [InlineData(GenerationErrorCode.ProviderUnavailable)]
    public async Task A_certain_refusal_of_the_account_moves_the_request_to_the_next_model(string code)
    {
        var (down, spare) = (NewUpstream(code), NewUpstream());
        var other = cluster.Backends.Add(spare);
        var model = cluster.Backends.Add(down, other.Id);

        var id = await OrderAsync(model);

        var end = await cluster.UntilEndAsync(id);
        Assert.Equal((GenerationStatus.Completed, other.Id, model.Id), (end.Status, end.Model, end.OrderedModel));
        Assert.Equal((1, 1), (down.SubmitsOf(id), spare.SubmitsOf(id)));
        var log = (await cluster.Generation(id).GetLogAsync())!.Log;
        var line = Assert.Single(log.Lines, line => line.Kind is LogKind.ModelChanged);
        Assert.Equal((code, other.Title), (line.Error!.Code, line.Detail));
    }

    [Fact]
    public async Task An_upstream_that_does_not_answer_while_a_request_is_planned_moves_it()
    {
        var (silent, spare) = (NewUpstream(), NewUpstream());
        silent.Plan = _ => Task.FromResult<PlanOutcome>(
            new PlanOutcome.Unavailable(Orders.Error(), null, VerdictScope.Upstream));
        var model = cluster.Backends.Add(silent, cluster.Backends.Add(spare).Id);

        var id = await OrderAsync(model);

        Assert.Equal(spare.Name, (await cluster.UntilEndAsync(id)).Model);
        Assert.Equal((0, 1), (silent.SubmitsOf(id), spare.SubmitsOf(id)));
    }

    [Fact]
    public async Task While_the_upstream_is_paused_a_request_moves_without_being_sent_there()
    {
        var (down, spare) = (NewUpstream(GenerationErrorCode.PaymentRequired), NewUpstream());
        var model = cluster.Backends.Add(down, cluster.Backends.Add(spare).Id);
        await cluster.UntilEndAsync(await OrderAsync(model));

        var id = await OrderAsync(model);

        Assert.Equal(spare.Name, (await cluster.UntilEndAsync(id)).Model);
        Assert.Equal((0, 1), (down.SubmitsOf(id), spare.SubmitsOf(id)));
    }

    [Fact]
    public async Task Several_models_are_tried_in_their_order()
    {
        ScriptedBackend[] backends =
        [
            NewUpstream(GenerationErrorCode.ModelUnavailable), NewUpstream(GenerationErrorCode.TokenRefused), NewUpstream(),
        ];
        var last = cluster.Backends.Add(backends[2]);
        var middle = cluster.Backends.Add(backends[1]);
        var model = cluster.Backends.Add(backends[0], middle.Id, last.Id);

        var id = await OrderAsync(model);

        Assert.Equal(last.Id, (await cluster.UntilEndAsync(id)).Model);
        Assert.Equal([1, 1, 1], backends.Select(backend => backend.SubmitsOf(id)));
    }

    [Fact]
    public async Task An_unknown_outcome_never_moves_to_another_model()
    {
        var (silent, spare) = (NewUpstream(), NewUpstream());
        silent.Submit = _ => Task.FromResult<SubmitOutcome>(
            new SubmitOutcome.Unknown(Orders.Error(GenerationErrorCode.OutcomeUnknown)));
        var model = cluster.Backends.Add(silent, cluster.Backends.Add(spare).Id);

        var id = await OrderAsync(model);

        Assert.Equal(GenerationErrorCode.OutcomeUnknown, (await cluster.UntilEndAsync(id)).Error!.Code);
        Assert.Equal((1, 0), (silent.SubmitsOf(id), spare.SubmitsOf(id)));
    }

    [Fact]
    public async Task One_missing_answer_while_a_request_is_planned_moves_nothing()
    {
        var (shaky, spare) = (NewUpstream(), NewUpstream());
        var isFirst = true;
        shaky.Plan = order =>
        {
            var outcome = isFirst
                ? new PlanOutcome.Unavailable(Orders.Error(), null, VerdictScope.Upstream) : shaky.Planned(order);
            isFirst = false;
            return Task.FromResult(outcome);
        };
        var model = cluster.Backends.Add(shaky, cluster.Backends.Add(spare).Id);

        var end = await cluster.UntilEndAsync(await OrderAsync(model));

        Assert.Equal((GenerationStatus.Completed, model.Id), (end.Status, end.Model));
    }

    [Fact]
    public async Task A_retry_after_an_unknown_outcome_waits_for_the_same_model()
    {
        var (silent, spare) = (NewUpstream(), NewUpstream());
        silent.Submit = _ => Task.FromResult<SubmitOutcome>(
            new SubmitOutcome.Unknown(Orders.Error(GenerationErrorCode.OutcomeUnknown)));
        var model = cluster.Backends.Add(silent, cluster.Backends.Add(spare).Id);
        var id = await OrderAsync(model);
        await cluster.UntilEndAsync(id);
        silent.Plan = _ => Task.FromResult<PlanOutcome>(
            new PlanOutcome.Refused(Orders.Error(GenerationErrorCode.PaymentRequired), VerdictScope.Upstream));

        await cluster.Generation(id).RetryAsync();

        await cluster.UntilAsync(id, seen => seen.Stage is GenerationStage.WaitingForCapacity);
        Assert.Equal(0, spare.SubmitsOf(id));
        await cluster.Generation(id).CancelAsync();
    }

    [Theory]
    [InlineData(GenerationErrorCode.RateLimited, VerdictScope.Upstream)]
    [InlineData(GenerationErrorCode.ContentRejected, VerdictScope.Order)]
    public async Task A_rate_limit_and_a_refusal_of_the_order_itself_move_nothing(string code, VerdictScope scope)
    {
        var (limited, spare) = (NewUpstream(code, scope), NewUpstream());
        var model = cluster.Backends.Add(limited, cluster.Backends.Add(spare).Id);

        var id = await OrderAsync(model);

        var seen = await cluster.UntilAsync(
            id, seen => seen.Status is GenerationStatus.Failed || seen.Stage is GenerationStage.WaitingForCapacity);
        Assert.Equal((model.Id, 0), (seen.Model, spare.SubmitsOf(id)));
        await cluster.Generation(id).CancelAsync();
    }

    [Fact]
    public async Task A_retry_begins_with_the_ordered_model_again()
    {
        var (down, spare) = (NewUpstream(GenerationErrorCode.PaymentRequired), NewUpstream());
        spare.Submit = _ => Task.FromResult<SubmitOutcome>(new SubmitOutcome.NotAccepted(Orders.Error(), Transient: false));
        var model = cluster.Backends.Add(down, cluster.Backends.Add(spare).Id);
        var id = await OrderAsync(model);
        await cluster.UntilEndAsync(id);
        var accepted = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        spare.Submit = order => AcceptAsync(order, spare.Name);
        down.Submit = order => AcceptAsync(order, down.Name);

        var retried = await cluster.Generation(id).RetryAsync();

        Assert.Equal(model.Id, retried!.Model);    // its upstream is still paused, so that it moves once more
        Assert.Equal(GenerationStatus.Completed, (await cluster.UntilEndAsync(id)).Status);
        Assert.Equal(spare.Name, await accepted.Task);

        Task<SubmitOutcome> AcceptAsync(RenderRequest order, string by)
        {
            accepted.TrySetResult(by);
            return Task.FromResult<SubmitOutcome>(new SubmitOutcome.Accepted(new RenderJob(order.GenerationId)));
        }
    }

    [Fact]
    public async Task A_full_upstream_holds_up_no_other()
    {
        var never = new TaskCompletionSource<PollOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        var slow = NewUpstream();
        slow.Traits = slow.Traits with { MaxConcurrent = 1 };
        slow.Poll = (_, _, stop) => never.Task.WaitAsync(stop);
        var model = cluster.Backends.Add(slow);
        var running = await OrderAsync(model);
        await cluster.UntilAsync(running, seen => seen.Stage is GenerationStage.Rendering);
        var waiting = await OrderAsync(model);

        var other = await cluster.UntilEndAsync(await cluster.SubmitAsync(new ScriptedBackend()));

        Assert.Equal(GenerationStatus.Completed, other.Status);
        Assert.Equal(1, (await cluster.UntilAsync(waiting, seen => seen.QueuePosition is not null)).QueuePosition);
        Assert.Equal((1, 0), (slow.SubmitsOf(running), slow.SubmitsOf(waiting)));
        await cluster.Generation(waiting).CancelAsync();
        await cluster.Generation(running).CancelAsync();
    }

    [Fact]
    public async Task A_paused_model_holds_up_no_other_model_of_its_upstream()
    {
        var hub = NewUpstream();
        cluster.Backends.Add(hub);
        var gone = cluster.Backends.Add(new VideoModel(NewName(), hub.Name, "gone", "Gone", []));
        var fine = cluster.Backends.Add(new VideoModel(NewName(), hub.Name, "fine", "Fine", []));
        hub.Plan = order => Task.FromResult(order.Model == "gone"
            ? new PlanOutcome.Refused(Orders.Error(GenerationErrorCode.ModelUnavailable), VerdictScope.Model)
            : hub.Planned(order));
        var stuck = await OrderAsync(gone);
        await cluster.UntilAsync(stuck, seen => seen.Stage is GenerationStage.WaitingForCapacity);

        var end = await cluster.UntilEndAsync(await OrderAsync(fine));

        Assert.Equal(GenerationStatus.Completed, end.Status);
        await cluster.Generation(stuck).CancelAsync();
    }

    [Fact]
    public async Task A_model_that_the_user_chose_and_that_is_gone_is_replaced_by_no_other()
    {
        var id = LeaveBehind(Orders.Request() with { Model = "gone" }, accepted => accepted);

        var end = await cluster.UntilEndAsync(id);

        Assert.Equal(GenerationErrorCode.BackendMissing, end.Error!.Code);
        Assert.Contains("\"gone\"", end.Error.Message, StringComparison.Ordinal);
        Assert.True(end.Error.Retryable);
    }

    [Fact]
    public async Task A_default_that_is_gone_is_replaced_by_the_new_one()
    {
        var id = LeaveBehind(Orders.Request(), accepted => accepted);

        var end = await cluster.UntilEndAsync(id);

        Assert.Equal((GenerationStatus.Completed, "scripted", "gone"), (end.Status, end.Model, end.OrderedModel));
    }

    [Theory]
    [InlineData(true, GenerationStatus.Failed)]
    [InlineData(false, GenerationStatus.Completed)]
    public async Task A_job_at_an_upstream_that_is_gone_ends_if_it_was_paid_and_starts_over_elsewhere_if_not(
        bool costsMoney, GenerationStatus expected)
    {
        var now = DateTimeOffset.UtcNow;
        var id = LeaveBehind(Orders.Request(), accepted => accepted
            .Intend(Orders.Model("gone"), new BackendTraits(false, costsMoney), new RenderPlan(), now)
            .Submitted(new RenderJob("job"), now));

        var end = await cluster.UntilEndAsync(id);

        Assert.Equal(expected, end.Status);
        Assert.Equal(costsMoney ? GenerationErrorCode.BackendMissing : null, end.Error?.Code);
    }

    [Fact]
    public async Task A_job_is_not_followed_by_a_backend_of_another_kind_that_took_its_name()
    {
        var other = NewUpstream();
        other.Traits = other.Traits with { Kind = "endpoint" };
        var model = cluster.Backends.Add(other);
        var now = DateTimeOffset.UtcNow;
        var id = LeaveBehind(Orders.Request(), accepted => accepted
            .Intend(model, new BackendTraits(false, true, Kind: "huggingface"), new RenderPlan(), now)
            .Submitted(new RenderJob("job"), now));

        var end = await cluster.UntilEndAsync(id);

        Assert.Equal((GenerationStatus.Failed, GenerationErrorCode.BackendMissing), (end.Status, end.Error!.Code));
    }

    private static string NewName() => $"u{Guid.NewGuid():N}";

    private static ScriptedBackend NewUpstream() => new() { Name = NewName() };

    /// <summary>An upstream that certainly takes nothing.</summary>
    private static ScriptedBackend NewUpstream(string code, VerdictScope scope = VerdictScope.Upstream) => new()
    {
        Name = NewName(),
        Submit = _ => Task.FromResult<SubmitOutcome>(
            new SubmitOutcome.NotAccepted(Orders.Error(code), Transient: false, Scope: scope)),
    };

    private async Task<string> OrderAsync(VideoModel model)
    {
        var id = Orders.NewId();
        var reply = await cluster.Generation(id).SubmitAsync(Orders.Request() with { Model = model.Id });
        Assert.Equal(model.Id, reply.Generation!.OrderedModel);
        return id;
    }

    /// <summary>Lays down what a process that had another model left on the store, and wakes it as a poke does.</summary>
    private string LeaveBehind(GenerationRequest request, Func<Generation, Generation> ledger)
    {
        var id = Orders.NewId();
        var accepted = Generation.Accept(request, new HistoryEntry(1, id, DateTimeOffset.UtcNow), "gone");
        cluster.Storage.Seed(cluster.Generation(id).GetGrainId(), "generation", ledger(accepted));
        return id;
    }
}
