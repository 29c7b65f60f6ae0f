using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Ledger;
using VideoGen.Grains.Media;
using VideoGen.Testing;

namespace VideoGen.Grains.Tests.Generations;

public sealed class DeleteTests(ClusterFixture cluster)
{
    [Fact]
    public async Task A_deleted_generation_leaves_nothing_but_the_upload()
    {
        var owner = Orders.NewId();
        var id = await cluster.SubmitAsync(new ScriptedBackend(), owner);
        var film = (await cluster.UntilEndAsync(id)).Film!;

        Assert.Equal(DeleteOutcome.Deleted, await cluster.Generation(id).DeleteAsync());

        Assert.Null(await cluster.Generation(id).GetAsync());
        Assert.Empty((await cluster.History(owner).GetPageAsync(null, 10)).Entries);
        Assert.False(await cluster.Media.ExistsAsync(MediaKind.Video, film.Video, default));
        Assert.False(await cluster.Media.ExistsAsync(MediaKind.Video, film.Poster, default));
        Assert.False(cluster.Storage.Holds(cluster.Generation(id).GetGrainId(), "generation"));
        Assert.Equal(DeleteOutcome.Unknown, await cluster.Generation(id).DeleteAsync());
        Assert.Null(await cluster.Generation(id).RetryAsync());
    }

    [Fact]
    public async Task The_originals_of_every_attempt_go_too()
    {
        var id = Orders.NewId();
        var now = DateTimeOffset.UtcNow;
        var failed = Generation.Accept(Orders.Request(), new HistoryEntry(1, id, now));
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            failed = failed.Intend(Orders.Model("scripted"), new BackendTraits(false, true), new RenderPlan(), now)
                .Failed(Orders.Error(), now).Retry(now);
            await cluster.Media.SaveAsync(MediaKind.Original, $"{id}-{attempt}.mp4",
                (to, token) => to.WriteAsync("film"u8.ToArray(), token).AsTask(), default);
        }

        cluster.Storage.Seed(cluster.Generation(id).GetGrainId(), "generation", failed.Cancel(now));

        Assert.Equal(DeleteOutcome.Deleted, await cluster.Generation(id).DeleteAsync());
        Assert.False(await cluster.Media.ExistsAsync(MediaKind.Original, $"{id}-1.mp4", default));
        Assert.False(await cluster.Media.ExistsAsync(MediaKind.Original, $"{id}-2.mp4", default));
    }

    [Fact]
    public async Task What_is_not_finished_is_not_deleted()
    {
        var backend = new ScriptedBackend { Poll = (_, _, _) => Task.FromResult<PollOutcome>(new PollOutcome.Running(0.1)) };
        var id = await cluster.SubmitAsync(backend);

        Assert.Equal(DeleteOutcome.StillRunning, await cluster.Generation(id).DeleteAsync());

        Assert.NotNull(await cluster.Generation(id).GetAsync());
        await cluster.Generation(id).CancelAsync();
        await cluster.UntilEndAsync(id);
        Assert.Equal(DeleteOutcome.Deleted, await cluster.Generation(id).DeleteAsync());
    }

    [Fact]
    public async Task What_is_discarded_is_unknown_at_once_and_gone_when_its_job_has_stopped()
    {
        var owner = Orders.NewId();
        var stopped = new TaskCompletionSource<CancelOutcome>();
        var polled = new TaskCompletionSource();
        var backend = new ScriptedBackend
        {
            Poll = (_, _, _) =>
            {
                polled.TrySetResult();
                return Task.FromResult<PollOutcome>(new PollOutcome.Running(0.1));
            },
            Cancel = _ => stopped.Task,
        };
        var id = await cluster.SubmitAsync(backend, owner);
        await polled.Task.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(DeleteOutcome.Deleted, await cluster.Generation(id).DiscardAsync());

        Assert.Null(await cluster.Generation(id).GetAsync());
        Assert.Equal(DeleteOutcome.Unknown, await cluster.Generation(id).DiscardAsync());
        Assert.True(cluster.Storage.Holds(cluster.Generation(id).GetGrainId(), "generation"));
        stopped.SetResult(CancelOutcome.Confirmed);
        await Eventually.GetAsync(
            () => Task.FromResult(cluster.Storage.Holds(cluster.Generation(id).GetGrainId(), "generation")),
            isStored => !isStored,
            _ => "The discarded generation is still stored.");
        Assert.Empty((await cluster.History(owner).GetPageAsync(null, 10)).Entries);
    }

    [Fact]
    public async Task What_has_ended_is_deleted_when_it_is_discarded()
    {
        var id = await cluster.SubmitAsync(new ScriptedBackend());
        await cluster.UntilEndAsync(id);

        Assert.Equal(DeleteOutcome.Deleted, await cluster.Generation(id).DiscardAsync());

        Assert.Null(await cluster.Generation(id).GetAsync());
    }

    [Fact]
    public async Task A_delete_that_broke_off_behind_its_tombstone_is_finished_by_the_reminder()
    {
        var owner = Orders.NewId();
        var id = await cluster.SubmitAsync(new ScriptedBackend(), owner);
        var film = (await cluster.UntilEndAsync(id)).Film!;
        cluster.Storage.FailClears(id, times: 1);

        Assert.Equal(DeleteOutcome.Deleted, await cluster.Generation(id).DeleteAsync());
        Assert.Null(await cluster.Generation(id).GetAsync());
        await Eventually.GetAsync(
            async () =>
            {
                await cluster.Generation(id).AsReference<IRemindable>().ReceiveReminder($"drive/{owner}", default);
                return cluster.Storage.Holds(cluster.Generation(id).GetGrainId(), "generation");
            },
            isThere => !isThere, _ => "The tombstone stays.");

        Assert.Null(await cluster.Generation(id).GetAsync());
        Assert.Empty((await cluster.History(owner).GetPageAsync(null, 10)).Entries);
        Assert.False(await cluster.Media.ExistsAsync(MediaKind.Video, film.Video, default));
    }

    [Fact]
    public async Task A_tombstone_of_an_earlier_process_is_never_seen_and_is_cleared_away()
    {
        var owner = Orders.NewId();
        var id = Orders.NewId();
        var now = DateTimeOffset.UtcNow;
        var entry = await cluster.History(owner).AppendAsync(id);
        await cluster.History(owner).AppendAsync(Orders.NewId());
        var tombstone = Generation.Accept(Orders.Request(owner), entry).Cancel(now).Delete(now);
        cluster.Storage.Seed(cluster.Generation(id).GetGrainId(), "generation", tombstone);

        Assert.Null(await cluster.Generation(id).GetAsync());

        await Eventually.TrueAsync(
            () => !cluster.Storage.Holds(cluster.Generation(id).GetGrainId(), "generation"), "The tombstone stays.");
        Assert.Single((await cluster.History(owner).GetPageAsync(null, 10)).Entries);
    }
}
