using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Ledger;
using VideoGen.Grains.Media;
using VideoGen.Testing;

namespace VideoGen.Grains.Tests.Generations;

public sealed class GenerationFilesTests(ClusterFixture cluster)
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
    private static readonly FinishedVideo Film = new("g.mp4", "g.jpg", 5, 768, 768, 900, 100);

    private static readonly Generation Stored = Intend(Generation.Accept(Orders.Request(), new HistoryEntry(1, "g", Now)))
        .Submitted(new RenderJob("job"), Now).Rendered(new RenderResult("x"), Now)
        .Stored(new StoredMedia("g-1.mp4", 5_000, "00"), Now);

    [Fact]
    public void A_finished_film_is_held_with_its_poster_and_its_original_only_where_originals_are_kept()
    {
        var completed = Stored.Completed(Film, Now);

        Assert.Equal(["g.mp4", "g.jpg"], Held(completed));
        Assert.Equal(1_000, completed.KeptBytes(keepsOriginals: false));
        Assert.Equal(["g-1.mp4"], GenerationFiles.Obsolete("g", completed, keepsOriginals: false));
        Assert.Equal(6_000, completed.KeptBytes(keepsOriginals: true));
        Assert.Empty(GenerationFiles.Obsolete("g", completed, keepsOriginals: true));
    }

    [Fact]
    public void An_original_that_a_retry_goes_on_with_is_held_and_counted()
    {
        var failed = Stored.Failed(Orders.Error(GenerationErrorCode.ToolUnavailable), Now);

        Assert.Equal(["g-1.mp4"], Held(failed));
        Assert.Equal(5_000, failed.KeptBytes(keepsOriginals: false));
        Assert.Empty(GenerationFiles.Obsolete("g", failed, keepsOriginals: false));
    }

    [Fact]
    public void Originals_of_earlier_attempts_are_not_held_whatever_becomes_of_the_last()
    {
        var second = Intend(Stored.Failed(Orders.Error(GenerationErrorCode.ResultUnusable), Now).Retry(Now));

        Assert.Equal(["g-1.mp4"], GenerationFiles.Obsolete("g", second, keepsOriginals: true));
        Assert.Equal(
            ["g-1.mp4", "g-2.mp4"], GenerationFiles.Obsolete("g", second.Completed(Film, Now), keepsOriginals: false));
    }

    [Fact]
    public void Nothing_is_held_when_it_is_expired_or_deleted()
    {
        var completed = Stored.Completed(Film, Now);

        Assert.Empty(Held(completed.Expire(ExpiryReason.Age, Now)));
        Assert.Empty(Held(completed.Delete(Now)));
        Assert.Null(completed.Delete(Now).HeldUpload);
        Assert.NotNull(completed.HeldUpload);
    }

    [Fact]
    public async Task The_original_of_an_earlier_attempt_is_deleted_when_the_film_is_made()
    {
        var id = Orders.NewId();
        var request = cluster.Backends.RequestFor(new ScriptedBackend());
        var failed = Intend(Generation.Accept(request, new HistoryEntry(1, id, Now))).Failed(Orders.Error(), Now);
        cluster.Storage.Seed(
            cluster.Generation(id).GetGrainId(), "generation", failed with { Attempt = failed.Attempt! with { IsOver = true } });
        await cluster.Media.SaveAsync(
            MediaKind.Original, $"{id}-1.mp4", (to, token) => to.WriteAsync("film"u8.ToArray(), token).AsTask(), default);

        await cluster.Generation(id).RetryAsync();

        var completed = await cluster.UntilEndAsync(id);
        Assert.Equal((GenerationStatus.Completed, 2), (completed.Status, completed.Attempt));
        await Eventually.TrueAsync(
            async () => !await cluster.Media.ExistsAsync(MediaKind.Original, $"{id}-1.mp4", default)
                && !await cluster.Media.ExistsAsync(MediaKind.Original, $"{id}-2.mp4", default),
            "Originals are still there.");
    }

    private static IEnumerable<string> Held(Generation generation) =>
        GenerationFiles.Held(generation, keepsOriginals: false).Select(file => file.Name);

    private static Generation Intend(Generation generation) =>
        generation.Intend(Orders.Model("scripted"), new BackendTraits(false, true), new RenderPlan(), Now);
}
