using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Ledger;
using VideoGen.Grains.Media;
using VideoGen.Testing;

namespace VideoGen.Grains.Tests.Generations;

public sealed class GenerationGrainTests(ClusterFixture cluster)
{
    [Fact]
    public async Task An_accepted_generation_becomes_a_film_with_a_poster_and_drops_the_original()
    {
        var id = await cluster.SubmitAsync(new ScriptedBackend());

        var done = await cluster.UntilEndAsync(id);

        Assert.Equal(GenerationStatus.Completed, done.Status);
        Assert.Equal(GenerationStage.Done, done.Stage);
        Assert.Equal(1, done.Progress);
        Assert.Equal($"{id}.mp4", done.Film!.Video);
        Assert.True(await cluster.Media.ExistsAsync(MediaKind.Video, done.Film.Video, default));
        Assert.True(await cluster.Media.ExistsAsync(MediaKind.Video, done.Film.Poster, default));
        await Eventually.GetAsync(
            () => cluster.Media.ExistsAsync(MediaKind.Original, $"{id}-1.mp4", default),
            isThere => !isThere, _ => "The original stays.");
    }

    [Fact]
    public async Task What_an_end_left_undone_is_done_by_the_reminder()
    {
        var id = Orders.NewId();
        var now = DateTimeOffset.UtcNow;
        var original = await cluster.Media.SaveAsync(MediaKind.Original, $"{id}-1.mp4",
            (to, token) => to.WriteAsync("film"u8.ToArray(), token).AsTask(), default);
        var completed = Generation.Accept(Orders.Request(), new HistoryEntry(1, id, now))
            .Intend(Orders.Model("scripted"), new BackendTraits(false, true), new RenderPlan(), now)
            .Submitted(new RenderJob("job"), now)
            .Rendered(new RenderResult("film"), now)
            .Stored(original, now)
            .Completed(new FinishedVideo($"{id}.mp4", $"{id}.jpg", 4, 512, 512, 4, 4), now);
        cluster.Storage.Seed(cluster.Generation(id).GetGrainId(), "generation", completed);

        await cluster.Generation(id).AsReference<IRemindable>().ReceiveReminder("drive/public", default);

        await Eventually.GetAsync(
            () => cluster.Media.ExistsAsync(MediaKind.Original, original.Name, default),
            isThere => !isThere, _ => "The original stays.");
        Assert.Equal(GenerationStatus.Completed, (await cluster.Generation(id).GetAsync())!.Status);
    }

    [Fact]
    public async Task Submitting_the_same_id_twice_keeps_the_first_request_and_one_history_entry()
    {
        var owner = Orders.NewId();
        var backend = new ScriptedBackend();
        var id = await cluster.SubmitAsync(backend, owner);

        var again = await cluster.Generation(id).SubmitAsync(Orders.Request(owner) with { Script = "Another script." });

        Assert.NotEqual("Another script.", again.Generation!.Request.Script);
        Assert.Single((await cluster.History(owner).GetPageAsync(null, 10)).Entries);
        await cluster.UntilEndAsync(id);
        Assert.Equal(1, backend.SubmitsOf(id));
    }

    [Fact]
    public async Task The_log_tells_every_version_and_survives_a_lost_activation()
    {
        var id = await cluster.SubmitAsync(new ScriptedBackend());
        await cluster.UntilEndAsync(id);
        var before = (await cluster.Generation(id).GetLogAsync())!;

        await cluster.DeactivateAsync(cluster.Generation(id));
        var logged = (await cluster.Generation(id).GetLogAsync())!;

        var versions = logged.Log.Lines.Where(line => !line.IsNote).ToList();
        Assert.Equal(
            [LogKind.Accepted, LogKind.AttemptStarted, LogKind.Submitted, LogKind.Rendered, LogKind.Stored, LogKind.Completed],
            versions.Select(line => line.Kind));
        Assert.Equal([1, 2, 3, 4, 5, 6], versions.Select(line => line.Version));
        Assert.Equal(before.Log.Lines, logged.Log.Lines);
        Assert.Equal(6, logged.Generation.Version);
        Assert.Null(await cluster.Generation(Orders.NewId()).GetLogAsync());
    }

    [Fact]
    public async Task Every_version_is_told_when_it_is_stored_and_nothing_is_told_twice()
    {
        var polls = 0;
        var id = await cluster.SubmitAsync(new ScriptedBackend
        {
            Poll = (order, _, _) => Task.FromResult<PollOutcome>(++polls < 4
                ? new PollOutcome.Running(polls == 1 ? 0.1 : 0.5)
                : new PollOutcome.Rendered(new RenderResult(order.OriginalName))),
        });
        await cluster.UntilEndAsync(id);

        var told = cluster.News.Of(id).Select(item => item.Generation!).ToList();

        Assert.Equal([1, 2, 3, 4, 5, 6], told.Select(generation => generation.Version).Distinct());
        Assert.Equal(told, told.Distinct());
        Assert.Contains(told, generation => generation.Progress is 0.45);
        Assert.Equal(GenerationStatus.Completed, told[^1].Status);
    }

    [Fact]
    public async Task An_unknown_id_is_null() => Assert.Null(await cluster.Generation(Orders.NewId()).GetAsync());

    [Fact]
    public async Task Status_is_answered_while_the_backend_hangs()
    {
        var hanging = new TaskCompletionSource<SubmitOutcome>();
        var id = await cluster.SubmitAsync(new ScriptedBackend { Submit = _ => hanging.Task });
        await cluster.UntilAsync(id, snapshot => snapshot.Status is GenerationStatus.Processing);

        var read = await cluster.Generation(id).GetAsync().WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(GenerationStage.Submitting, read!.Stage);
        hanging.SetResult(new SubmitOutcome.Accepted(new RenderJob("job")));
        Assert.Equal(GenerationStatus.Completed, (await cluster.UntilEndAsync(id)).Status);
    }

    [Fact]
    public async Task Progress_and_place_in_the_providers_queue_are_visible()
    {
        PollOutcome answer = new PollOutcome.Running(QueuePosition: 7);
        var backend = new ScriptedBackend { Poll = (_, _, _) => Task.FromResult(Volatile.Read(ref answer)) };
        var id = await cluster.SubmitAsync(backend);

        Assert.Equal(GenerationStage.Rendering, (await cluster.UntilAsync(id, snapshot => snapshot.QueuePosition is 7)).Stage);
        Volatile.Write(ref answer, new PollOutcome.Running(0.5));
        Assert.Equal(0.45, (await cluster.UntilAsync(id, snapshot => snapshot.Progress > 0)).Progress);
        Volatile.Write(ref answer, new PollOutcome.Rendered(new RenderResult($"{id}-1.mp4")));
        await cluster.UntilEndAsync(id);
    }

    [Fact]
    public async Task Who_takes_a_running_job_over_shuts_the_last_owner_out_before_it_asks_the_provider()
    {
        List<string> seen = [];
        var grainId = default(GrainId);
        var backend = new ScriptedBackend
        {
            Poll = async (_, _, token) =>
            {
                lock (seen)
                {
                    seen.Add(cluster.Storage.ETagOf(grainId, "generation"));
                }

                await Task.Delay(Timeout.Infinite, token);
                throw new InvalidOperationException();
            },
        };
        var request = cluster.Backends.RequestFor(backend);
        var generation = cluster.Generation(Orders.NewId());
        grainId = generation.GetGrainId();
        await generation.SubmitAsync(request);
        await PolledAsync(1);
        var before = await generation.GetAsync();

        await cluster.DeactivateAsync(generation);
        await PolledAsync(2);

        Assert.NotEqual(seen[0], seen[1]);
        Assert.Equal(before!.Version, (await generation.GetAsync())!.Version);
        await generation.CancelAsync();

        Task PolledAsync(int times) => cluster.UntilAsync(generation.GetPrimaryKeyString(), _ =>
        {
            lock (seen)
            {
                return seen.Count >= times;
            }
        });
    }

    [Fact]
    public async Task A_lost_activation_goes_on_polling_and_never_submits_again()
    {
        var ready = new TaskCompletionSource();
        var backend = new ScriptedBackend
        {
            Poll = async (order, _, token) =>
            {
                await ready.Task.WaitAsync(token);
                return new PollOutcome.Rendered(new RenderResult(order.OriginalName));
            },
        };
        var id = await cluster.SubmitAsync(backend);
        for (var loss = 0; loss < 3; loss++)
        {
            await cluster.UntilAsync(id, snapshot => snapshot.Stage is GenerationStage.Rendering);
            await cluster.DeactivateAsync(cluster.Generation(id));
        }

        ready.SetResult();
        Assert.Equal(GenerationStatus.Completed, (await cluster.UntilEndAsync(id)).Status);
        Assert.Equal(1, backend.SubmitsOf(id));
    }

    [Fact]
    public async Task An_activation_that_lost_its_state_to_another_gives_up_and_the_next_one_goes_on()
    {
        var ready = new TaskCompletionSource();
        var backend = new ScriptedBackend
        {
            Poll = async (order, _, token) =>
            {
                await ready.Task.WaitAsync(token);
                return new PollOutcome.Rendered(new RenderResult(order.OriginalName));
            },
        };
        var id = await cluster.SubmitAsync(backend);
        await cluster.UntilAsync(id, snapshot => snapshot.Stage is GenerationStage.Rendering);

        cluster.Storage.ChangeETag(cluster.Generation(id).GetGrainId(), "generation");
        ready.SetResult();

        Assert.Equal(GenerationStatus.Completed, (await cluster.UntilEndAsync(id)).Status);
        Assert.Equal(1, backend.SubmitsOf(id));
    }

    [Fact]
    public async Task The_outcome_of_a_submit_is_written_however_often_the_store_fails()
    {
        var backend = new ScriptedBackend();
        backend.Submit = order =>
        {
            cluster.Storage.FailWrites(order.GenerationId, times: 3);
            return Task.FromResult<SubmitOutcome>(new SubmitOutcome.Accepted(new RenderJob("job")));
        };
        var id = await cluster.SubmitAsync(backend);

        Assert.Equal(GenerationStatus.Completed, (await cluster.UntilEndAsync(id)).Status);
        Assert.Equal(1, backend.SubmitsOf(id));
    }

    [Fact]
    public async Task A_store_that_fails_before_the_intent_is_written_sends_nothing()
    {
        var backend = new ScriptedBackend();
        backend.Plan = order =>
        {
            var first = backend.SubmitsOf(order.GenerationId) == 0 && order.Attempt == 1;
            cluster.Storage.FailWrites(order.GenerationId, times: first && Interlocked.Exchange(ref _failedOnce, 1) == 0 ? 1 : 0);
            return Task.FromResult(backend.Planned(order));
        };
        var id = await cluster.SubmitAsync(backend);

        Assert.Equal(GenerationStatus.Completed, (await cluster.UntilEndAsync(id)).Status);
        Assert.Equal(1, backend.SubmitsOf(id));
    }

    private int _failedOnce;

    [Fact]
    public async Task A_submit_whose_state_can_not_be_written_is_refused_and_leaves_no_trace()
    {
        var owner = Orders.NewId();
        var id = Orders.NewId();
        cluster.Storage.FailWrites(id, times: 1);

        await Assert.ThrowsAnyAsync<Exception>(() => cluster.Generation(id).SubmitAsync(Orders.Request(owner)));
        Assert.Single((await cluster.History(owner).GetPageAsync(null, 10)).Entries);
        await cluster.Generation(id).AsReference<IRemindable>().ReceiveReminder($"drive/{owner}", default);

        Assert.Null(await cluster.Generation(id).GetAsync());
        Assert.Empty((await cluster.History(owner).GetPageAsync(null, 10)).Entries);
    }

    [Fact]
    public async Task An_unusable_film_fails_with_the_reason()
    {
        var backend = new ScriptedBackend
        {
            Fetch = _ => Task.FromResult<FetchOutcome>(new FetchOutcome.Failed(Orders.Error(GenerationErrorCode.ResultUnusable))),
        };

        var end = await cluster.UntilEndAsync(await cluster.SubmitAsync(backend));

        Assert.Equal(GenerationStatus.Failed, end.Status);
        Assert.Equal(GenerationErrorCode.ResultUnusable, end.Error!.Code);
    }

    [Fact]
    public async Task Something_in_the_way_is_shown_and_then_passes()
    {
        var hasRoom = false;
        var backend = new ScriptedBackend
        {
            Fetch = order => Task.FromResult<FetchOutcome>(Volatile.Read(ref hasRoom)
                ? new FetchOutcome.Stored(new StoredMedia(order.OriginalName, 4, "00"))
                : new FetchOutcome.Unavailable(new GenerationError(GenerationErrorCode.StorageFull, "No room.", true))),
        };
        var id = await cluster.SubmitAsync(backend);

        Assert.Equal("No room.", (await cluster.UntilAsync(id, snapshot => snapshot.WaitReason is not null)).WaitReason);
        Volatile.Write(ref hasRoom, true);
        Assert.Equal(GenerationStatus.Completed, (await cluster.UntilEndAsync(id)).Status);
    }
}
