using VideoGen.Grains.Contracts;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.History;
using VideoGen.Grains.Media;
using VideoGen.Grains.Storyboards.Contract;
using VideoGen.Grains.Storyboards.Join;
using VideoGen.Grains.Tests.Storyboards;
using VideoGen.Testing;

namespace VideoGen.Grains.Tests.Retention;

/// <summary>Joined videos expire by age, and the oldest ones where there are too many; the storyboards stay.</summary>
public sealed class JoinedVideoRoundTests(RetentionCluster cluster) : IClassFixture<RetentionCluster>, IAsyncDisposable
{
    private readonly string _owner = Orders.NewId();

    /// <summary>No test counts the videos of another.</summary>
    public async ValueTask DisposeAsync()
    {
        (cluster.Settings.MaxBytesPerOwner, cluster.Settings.MaxBytesTotal) = (null, null);
        cluster.Settings.MaxAge = TimeSpan.Zero;
        await cluster.RunJoinedVideosAsync();
        cluster.Settings.MaxAge = null;
    }

    [Fact]
    public async Task What_is_older_than_the_age_expires_and_its_files_are_removed()
    {
        var ids = await SeedAsync(_owner, 40, 29);
        cluster.Settings.MaxAge = TimeSpan.FromDays(30);

        await cluster.RunJoinedVideosAsync();

        Assert.Equal([ExpiryReason.Age, null], await ReasonsAsync(ids));
        await Eventually.TrueAsync(async () => !await HasFileAsync(ids[0]), "The joined video is still there.");
        Assert.True(await HasFileAsync(ids[1]));
    }

    [Fact]
    public async Task The_oldest_of_an_owner_expire_above_half_of_the_quota()
    {
        var ids = await SeedAsync(_owner, 3, 2, 1);
        var others = await SeedAsync(Orders.NewId(), 4);
        cluster.Settings.MaxBytesPerOwner = 40;

        await cluster.RunJoinedVideosAsync();

        Assert.Equal([ExpiryReason.OwnerQuota, null, null], await ReasonsAsync(ids));
        Assert.Equal([null], await ReasonsAsync(others));
    }

    [Fact]
    public async Task Older_ones_expire_above_half_of_what_all_owners_may_keep()
    {
        var ids = await SeedAsync(_owner, 3, 2, 1);
        cluster.Settings.MaxBytesTotal = 40;

        await cluster.RunJoinedVideosAsync();
        await cluster.RunJoinedVideosAsync();

        Assert.Equal([ExpiryReason.TotalQuota, null, null], await ReasonsAsync(ids));
    }

    [Fact]
    public async Task Nothing_expires_without_a_limit()
    {
        var ids = await SeedAsync(_owner, 400);

        await cluster.RunJoinedVideosAsync();

        Assert.Equal([null], await ReasonsAsync(ids));
        Assert.True(await HasFileAsync(ids[0]));
    }

    private async Task<IReadOnlyList<string>> SeedAsync(string owner, params double[] daysAgo)
    {
        List<string> ids = [];
        foreach (var days in daysAgo)
        {
            ids.Add(await StoreAsync(owner, days));
        }

        return ids;
    }

    /// <summary>Stores a storyboard whose joined video, of ten bytes, was made so many days ago.</summary>
    private async Task<string> StoreAsync(string owner, double daysAgo)
    {
        var (id, madeAt) = (Orders.NewId(), DateTimeOffset.UtcNow.AddDays(-daysAgo));
        var (video, poster) = (JoinFiles.Video(id, owner, 1), JoinFiles.Poster(id, owner, 1));
        var stored = Boards.Completed(Boards.Plan()) with
        {
            Owner = owner,
            Film = new FinishedVideo(video, poster, 3, 512, 512, 9, 1),
            FilmAt = madeAt,
        };
        cluster.Storage.Seed(cluster.Grains.GetGrain<IStoryboardGrain>(id).GetGrainId(), "storyboard", stored);
        await cluster.Grains.GetGrain<IHistoryGrain>(HistoryKey.Storyboards(owner)).AppendAsync(id);
        await cluster.Media.SaveAsync(
            MediaKind.Video, video, (to, token) => to.WriteAsync("video"u8.ToArray(), token).AsTask(), default);
        return id;
    }

    private async Task<IReadOnlyList<ExpiryReason?>> ReasonsAsync(IEnumerable<string> ids)
    {
        List<ExpiryReason?> reasons = [];
        foreach (var id in ids)
        {
            reasons.Add((await cluster.Grains.GetGrain<IStoryboardGrain>(id).GetAsync())!.Expiry?.Reason);
        }

        return reasons;
    }

    private Task<bool> HasFileAsync(string id) =>
        cluster.Media.ExistsAsync(MediaKind.Video, JoinFiles.Video(id, _owner, 1), default);
}
