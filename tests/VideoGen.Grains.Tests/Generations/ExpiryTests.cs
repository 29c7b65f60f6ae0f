using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Ledger;
using VideoGen.Grains.Media;
using VideoGen.Testing;

namespace VideoGen.Grains.Tests.Generations;

public sealed class ExpiryTests(ClusterFixture cluster)
{
    [Fact]
    public async Task An_expired_generation_keeps_its_record_and_loses_its_media()
    {
        var owner = Orders.NewId();
        var id = await cluster.SubmitAsync(new ScriptedBackend(), owner);
        var film = (await cluster.UntilEndAsync(id)).Film!;

        Assert.True(await cluster.Generation(id).ExpireAsync(ExpiryReason.Age));

        var expired = (await cluster.Generation(id).GetAsync())!;
        Assert.Equal((GenerationStatus.Expired, GenerationStage.Done), (expired.Status, expired.Stage));
        Assert.Null(expired.Film);
        Assert.Equal(ExpiryReason.Age, expired.Expiry!.Reason);
        Assert.False(await cluster.Media.ExistsAsync(MediaKind.Video, film.Video, default));
        Assert.False(await cluster.Media.ExistsAsync(MediaKind.Video, film.Poster, default));
        Assert.Single((await cluster.History(owner).GetPageAsync(null, 10)).Entries);
        var line = (await cluster.Generation(id).GetLogAsync())!.Log.Lines[^1];
        Assert.Equal((LogKind.Expired, expired.Version), (line.Kind, line.Version));
        Assert.Equal(GenerationStatus.Expired, (await cluster.Generation(id).RetryAsync())!.Status);
    }

    [Fact]
    public async Task What_is_not_finished_does_not_expire()
    {
        var backend = new ScriptedBackend { Poll = (_, _, _) => Task.FromResult<PollOutcome>(new PollOutcome.Running(0.1)) };
        var id = await cluster.SubmitAsync(backend);

        Assert.False(await cluster.Generation(id).ExpireAsync(ExpiryReason.TotalQuota));

        Assert.False((await cluster.Generation(id).GetAsync())!.Status.IsEnd);
        await cluster.Generation(id).CancelAsync();
        await cluster.UntilEndAsync(id);
    }

    [Fact]
    public async Task An_expiry_that_broke_off_before_the_media_were_gone_goes_on_when_it_is_next_looked_at()
    {
        var id = Orders.NewId();
        var now = DateTimeOffset.UtcNow;
        foreach (var name in new[] { $"{id}.mp4", $"{id}.jpg" })
        {
            await cluster.Media.SaveAsync(MediaKind.Video, name, (to, token) =>
                to.WriteAsync("film"u8.ToArray(), token).AsTask(), default);
        }

        cluster.Storage.Seed(cluster.Generation(id).GetGrainId(), "generation", Completed(id, now)
            .Expire(ExpiryReason.OwnerQuota, now));

        Assert.Equal(GenerationStatus.Expired, (await cluster.Generation(id).GetAsync())!.Status);
        await Eventually.TrueAsync(
            async () => !await cluster.Media.ExistsAsync(MediaKind.Video, $"{id}.mp4", default)
                && !await cluster.Media.ExistsAsync(MediaKind.Video, $"{id}.jpg", default),
            "The media of an expired generation are still there.");
    }

    [Fact]
    public async Task An_expired_generation_can_be_deleted()
    {
        var owner = Orders.NewId();
        var id = await cluster.SubmitAsync(new ScriptedBackend(), owner);
        await cluster.UntilEndAsync(id);
        await cluster.Generation(id).ExpireAsync(ExpiryReason.Age);

        Assert.Equal(DeleteOutcome.Deleted, await cluster.Generation(id).DeleteAsync());

        Assert.Null(await cluster.Generation(id).GetAsync());
        Assert.Empty((await cluster.History(owner).GetPageAsync(null, 10)).Entries);
    }

    [Fact]
    public async Task Retention_is_told_the_bytes_and_the_upload_of_a_film_until_it_is_expired()
    {
        var id = await cluster.SubmitAsync(new ScriptedBackend());
        var done = await cluster.UntilEndAsync(id);

        var kept = (await cluster.Generation(id).GetKeptAsync())!;
        Assert.Equal((true, done.Film!.Bytes + done.Film.PosterBytes, done.Request.CharacterImage),
            (kept.IsFinished, kept.Bytes, kept.Upload));
        Assert.True(done.Film.PosterBytes > 0);

        await cluster.Generation(id).ExpireAsync(ExpiryReason.Age);
        kept = (await cluster.Generation(id).GetKeptAsync())!;
        Assert.Equal((0, null), (kept.Bytes, kept.Upload));
        Assert.NotNull(kept.ExpiredAt);
    }

    [Fact]
    public void It_expires_once_and_only_after_its_end()
    {
        var now = DateTimeOffset.UtcNow;
        var completed = Completed("g", now);
        var expired = completed.Expire(ExpiryReason.Age, now.AddDays(1));

        Assert.Equal((completed.Version + 1, GenerationStatus.Expired, true),
            (expired.Version, expired.Status, expired.IsClearing));
        Assert.Equal(new Expiry(now.AddDays(1), ExpiryReason.Age), expired.Expiry);
        Assert.Same(expired, expired.Expire(ExpiryReason.TotalQuota, now.AddDays(2)));
        Assert.False(expired.Cleared().IsClearing);
        Assert.Equal(expired.Version, expired.Cleared().Version);
        var pending = Generation.Accept(Orders.Request(), new HistoryEntry(1, "g", now));
        Assert.Same(pending, pending.Expire(ExpiryReason.Age, now));
        var deleted = completed.Delete(now);
        Assert.Same(deleted, deleted.Expire(ExpiryReason.Age, now));
    }

    private static Generation Completed(string id, DateTimeOffset now) =>
        Generation.Accept(Orders.Request(), new HistoryEntry(1, id, now))
            .Intend(Orders.Model("scripted"), new BackendTraits(false, true), new RenderPlan(), now)
            .Completed(new FinishedVideo($"{id}.mp4", $"{id}.jpg", 5, 768, 768, 9), now);
}
