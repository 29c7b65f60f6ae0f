using VideoGen.Grains.Contracts;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Ledger;
using VideoGen.Grains.History;
using VideoGen.Grains.Retention;
using VideoGen.Testing;

namespace VideoGen.Grains.Tests.Retention;

/// <summary>One test after the other over one cluster; what the others left is settled and without limits of its own.</summary>
public sealed class VideoRoundTests(RetentionCluster cluster) : IClassFixture<RetentionCluster>, IDisposable
{
    private const GenerationStatus Completed = GenerationStatus.Completed;
    private const GenerationStatus Expired = GenerationStatus.Expired;

    private readonly string _owner = Orders.NewId();

    private IRetentionGrain Retention => cluster.Grains.GetGrain<IRetentionGrain>(_owner);

    public void Dispose() =>
        (cluster.Settings.MaxAge, cluster.Settings.MaxBytesPerOwner, cluster.Settings.MaxBytesTotal) = (null, null, null);

    [Fact]
    public async Task What_is_older_than_the_age_expires_and_the_rest_stays()
    {
        var ids = await cluster.SeedAsync(_owner, 40, 31, 29, 0);
        cluster.Settings.MaxAge = TimeSpan.FromDays(30);

        await cluster.RunFilmsAsync();

        Assert.Equal([Expired, Expired, Completed, Completed], await cluster.StatusesAsync(ids));
        Assert.Equal(ExpiryReason.Age, (await cluster.Generation(ids[0]).GetAsync())!.Expiry!.Reason);
    }

    [Fact]
    public async Task A_generation_that_can_not_be_read_stops_no_round()
    {
        var ids = await cluster.SeedAsync(_owner, 40, 39, 38, 0);
        var damaged = cluster.Generation(ids[1]).GetGrainId();
        cluster.Storage.Damage(damaged, "generation");
        cluster.Settings.MaxAge = TimeSpan.FromDays(30);

        await cluster.RunFilmsAsync();

        Assert.Equal([Expired, Expired, Completed], await cluster.StatusesAsync([ids[0], ids[2], ids[3]]));
        cluster.Storage.Drop(damaged, "generation");
    }

    [Fact]
    public async Task An_owner_whose_history_can_not_be_read_keeps_no_other_from_its_turn()
    {
        string[] owners = [.. Enumerable.Range(0, 3).Select(_ => Orders.NewId())];
        foreach (var owner in owners)
        {
            var history = cluster.Grains.GetGrain<IHistoryGrain>(owner);
            cluster.Storage.Damage(history.GetGrainId(), "history");
            await cluster.Grains.GetGrain<IOwnersGrain>(IOwnersGrain.Key).AddAsync(owner);
        }

        var ids = await cluster.SeedAsync(_owner, 40, 0);
        cluster.Settings.MaxAge = TimeSpan.FromDays(30);

        await cluster.RunFilmsAsync();

        Assert.Equal([Expired, Completed], await cluster.StatusesAsync(ids));
        foreach (var owner in owners)
        {
            cluster.Storage.Drop(cluster.Grains.GetGrain<IHistoryGrain>(owner).GetGrainId(), "history");
        }
    }

    [Fact]
    public async Task An_owner_above_the_quota_loses_the_oldest_films_until_it_is_kept()
    {
        var ids = await cluster.SeedAsync(_owner, 5, 4, 3, 2, 1);
        cluster.Settings.MaxBytesPerOwner = 30;

        await cluster.RunFilmsAsync();

        Assert.Equal([Expired, Expired, Completed, Completed, Completed], await cluster.StatusesAsync(ids));
        Assert.Equal(ExpiryReason.OwnerQuota, (await cluster.Generation(ids[1]).GetAsync())!.Expiry!.Reason);
    }

    [Fact]
    public async Task Two_rounds_at_once_take_from_an_owner_no_more_than_one()
    {
        var ids = await cluster.SeedAsync(_owner, 5, 4, 3, 2, 1);
        cluster.Settings.MaxBytesPerOwner = 30;
        cluster.Meanwhile(_owner, cluster.RunFilmsAsync);

        await cluster.RunFilmsAsync();

        Assert.Equal([Expired, Expired, Completed, Completed, Completed], await cluster.StatusesAsync(ids));
    }

    [Fact]
    public async Task A_deleted_film_counts_no_more_so_that_none_pays_for_it()
    {
        var ids = await cluster.SeedAsync(_owner, 5, 4, 3, 2);
        cluster.Settings.MaxBytesPerOwner = 40;
        await cluster.RunFilmsAsync();
        await cluster.Generation(ids[2]).DeleteAsync();
        cluster.Settings.MaxBytesPerOwner = 30;

        await cluster.RunFilmsAsync();

        Assert.Equal([Completed, Completed, null, Completed], await cluster.StatusesAsync(ids));
    }

    [Fact]
    public async Task A_round_that_broke_off_after_it_freed_bytes_frees_no_more_than_needed()
    {
        var expired = await cluster.SeedAsync(_owner, film =>
            film.Expire(ExpiryReason.OwnerQuota, film.UpdatedAt).Cleared(), 0.1);
        var ids = await cluster.SeedAsync(_owner, 4, 3, 2);
        var grain = Retention.GetGrainId();
        cluster.Storage.Seed(grain, "retention", new RetentionState
        {
            Shelves =
            [
                new ChunkSummary
                {
                    Entries = 4, Bytes = 40, LastPlace = 4, IsSettled = false,
                    OldestEnd = DateTimeOffset.UnixEpoch, OldestFilm = DateTimeOffset.UnixEpoch, CountedAt =
                        DateTimeOffset.UtcNow,
                },
            ],
        });
        cluster.Settings.MaxBytesPerOwner = 30;

        // of another round that has swept before
        await Retention.KeepAsync(30, DateTimeOffset.MaxValue, ExpiryReason.OwnerQuota);
        await cluster.RunFilmsAsync();

        Assert.Equal([Expired, Completed, Completed, Completed], await cluster.StatusesAsync([expired, .. ids]));
    }

    [Fact]
    public async Task A_round_of_an_older_build_says_how_much_is_to_go()
    {
        var ids = await cluster.SeedAsync(_owner, 4, 3, 2);
        await Retention.SweepAsync(0, isThorough: false);

        var step = await Retention.ReclaimAsync(11, DateTimeOffset.MaxValue, ExpiryReason.OwnerQuota);

        Assert.Equal(10, step.Bytes);
        Assert.Equal([Expired, Expired, Completed], await cluster.StatusesAsync(ids));
    }

    [Fact]
    public async Task A_round_whose_account_can_not_be_stored_is_made_up_for_by_the_next()
    {
        var ids = await cluster.SeedAsync(_owner, 3, 2, 1);
        cluster.Settings.MaxBytesPerOwner = 20;
        cluster.Storage.FailWrites(_owner, times: 1);

        await cluster.RunFilmsAsync();
        Assert.Equal([Completed, Completed, Completed], await cluster.StatusesAsync(ids));
        await cluster.RunFilmsAsync();

        Assert.Equal([Expired, Completed, Completed], await cluster.StatusesAsync(ids));
    }

    [Fact]
    public async Task What_is_expired_for_long_vanishes_from_the_list()
    {
        var now = DateTimeOffset.UtcNow;
        var forgotten = await cluster.SeedAsync(_owner, film => film.Expire(ExpiryReason.Age, now.AddDays(-31)).Cleared(), 60);
        var remembered = await cluster.SeedAsync(_owner, film => film.Expire(ExpiryReason.Age, now.AddDays(-29)).Cleared(), 60);
        cluster.Settings.MaxAge = TimeSpan.FromDays(30);

        await cluster.RunFilmsAsync();

        Assert.Equal([null, Expired], await cluster.StatusesAsync([forgotten, remembered]));
        var page = await cluster.Grains.GetGrain<IHistoryGrain>(_owner).GetPageAsync(null, 10);
        Assert.Equal([remembered], page.Entries.Select(entry => entry.GenerationId));
    }

    [Fact]
    public async Task A_long_history_is_walked_in_stretches_and_only_what_is_due_is_touched()
    {
        List<double> days = [.. Enumerable.Repeat(40.0, 270), .. Enumerable.Repeat(1.0, 30)];
        var ids = await cluster.SeedAsync(_owner, [.. days]);
        cluster.Settings.MaxAge = TimeSpan.FromDays(30);

        await cluster.RunFilmsAsync();

        var statuses = await cluster.StatusesAsync(ids);
        Assert.Equal(270, statuses.TakeWhile(status => status is Expired).Count());
        Assert.All(statuses.Skip(270), status => Assert.Equal(Completed, status));
        Assert.Equal(300, (await Retention.SweepAsync(0, true)).Bytes);
    }

    [Fact]
    public async Task A_shelf_that_is_dropped_on_the_way_is_not_counted_again()
    {
        await cluster.Grains.GetGrain<IOwnersGrain>(IOwnersGrain.Key).AddAsync(_owner);
        var history = cluster.Grains.GetGrain<IHistoryGrain>(_owner).GetGrainId();
        cluster.Storage.Seed(history, "history", new HistoryState { LastPlace = 513, SealedThrough = 512 });
        var empty = new ChunkSummary { IsFull = true, IsSettled = true };
        // its film was deleted since
        var left = empty with { Entries = 1, IsSettled = false, CountedAt = DateTimeOffset.UtcNow };
        cluster.Storage.Seed(Retention.GetGrainId(), "retention", new RetentionState { Shelves = [left, empty] });

        await cluster.RunFilmsAsync();

        Assert.Equal(2, cluster.Storage.Read<RetentionState>(Retention.GetGrainId(), "retention").First);
    }

    [Fact]
    public async Task What_is_not_finished_is_neither_counted_nor_touched_and_counts_when_it_is()
    {
        var unfinished = await cluster.SeedAsync(
            _owner, film => film with
            {
                Status = GenerationStatus.Pending,
                Film = null,
                Attempt = null,
                RetryAt = DateTimeOffset.UtcNow.AddDays(1),
            }, 50);
        cluster.Settings.MaxAge = TimeSpan.FromDays(30);

        await cluster.RunFilmsAsync();

        Assert.False((await cluster.Generation(unfinished).GetAsync())!.Status.IsEnd);
        await cluster.Generation(unfinished).CancelAsync();
    }
}

/// <summary>All that is in the cluster counts here, so this has one to itself.</summary>
public sealed class TotalQuotaTests(RetentionCluster cluster) : IClassFixture<RetentionCluster>
{
    [Fact]
    public async Task Above_the_total_the_oldest_films_of_all_owners_go_first()
    {
        var mine = await cluster.SeedAsync(Orders.NewId(), 9, 5, 1);
        var yours = await cluster.SeedAsync(Orders.NewId(), 8, 7, 2);
        cluster.Settings.MaxBytesTotal = 35;

        await cluster.RunFilmsAsync();

        GenerationStatus?[] expired = [GenerationStatus.Expired, GenerationStatus.Completed, GenerationStatus.Completed];
        Assert.Equal(expired, await cluster.StatusesAsync(mine));
        Assert.Equal([GenerationStatus.Expired, GenerationStatus.Expired, GenerationStatus.Completed],
            await cluster.StatusesAsync(yours));
    }
}

/// <summary>The same, with a second round while the first is on its way.</summary>
public sealed class TotalQuotaOfTwoRoundsTests(RetentionCluster cluster) : IClassFixture<RetentionCluster>
{
    private const GenerationStatus Completed = GenerationStatus.Completed;
    private const GenerationStatus Expired = GenerationStatus.Expired;

    [Fact]
    public async Task Two_rounds_at_once_take_in_all_no_more_than_one()
    {
        var owner = Orders.NewId();
        var mine = await cluster.SeedAsync(owner, 9, 2, 1);
        var yours = await cluster.SeedAsync(Orders.NewId(), 8, 7, 4, 3);
        cluster.Settings.MaxBytesTotal = 35;
        cluster.Meanwhile(owner, cluster.RunFilmsAsync);

        await cluster.RunFilmsAsync();

        Assert.Equal([Expired, Completed, Completed], await cluster.StatusesAsync(mine));
        Assert.Equal([Expired, Expired, Expired, Completed], await cluster.StatusesAsync(yours));
    }
}
