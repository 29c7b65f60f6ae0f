using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Media;
using VideoGen.Grains.Retention;

namespace VideoGen.Grains.Tests.Retention;

public sealed class DecisionTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_oldest_films_are_taken_until_enough_bytes_are_free_and_none_that_ended_later()
    {
        var count = Count(Film(1, 10, daysAgo: 1), Film(2, 10, daysAgo: 3), Film(3, 0, daysAgo: 9), Film(4, 10, daysAgo: 2));

        Assert.Equal([2, 4], Places(count.OldestOf(11, Now)));
        Assert.Equal([2], Places(count.OldestOf(10, Now)));
        Assert.Equal([2], Places(count.OldestOf(100, Now.AddDays(-2.5))));
        Assert.Empty(count.OldestOf(0, Now));
    }

    [Fact]
    public void A_shelf_tells_what_was_counted_and_is_settled_only_when_all_is_finished()
    {
        var shelf = Count(Film(1, 10, daysAgo: 5), Film(2, 0, daysAgo: 9), Expired(3, daysAgo: 4)).ToSummary(Now);

        Assert.Equal((3, 10, true, 3), (shelf.Entries, shelf.Bytes, shelf.IsSettled, shelf.LastPlace));
        Assert.Equal((Now.AddDays(-9), Now.AddDays(-5), Now.AddDays(-4)),
            (shelf.OldestEnd, shelf.OldestFilm, shelf.OldestExpiry));
        var running = new ChunkItem(Entry(4), new KeptMedia(false, Now, "c.jpg", 0, null));
        Assert.False(Count(Film(1, 10, 5), running).ToSummary(Now).IsSettled);
        Assert.False(Count(new ChunkItem(Entry(5), null)).ToSummary(Now).IsSettled);
        Assert.True(Count(new ChunkItem(Entry(5), null)).ToSummary(Now.AddHours(2)).IsSettled);
    }

    [Fact]
    public void Shelves_that_have_nothing_left_are_dropped_from_the_start_and_keep_their_numbers()
    {
        var empty = new ChunkSummary { IsFull = true, IsSettled = true };
        var film = new ChunkSummary { IsFull = true, IsSettled = true, Entries = 1, Bytes = 10, OldestFilm = Now };
        var state = new RetentionState().With(0, film).With(1, film).With(2, film with { Bytes = 5 });

        Assert.Equal((25, 0), (state.Bytes, state.Oldest!.Value.Number));
        state = state.With(1, empty);
        Assert.Equal((0, 3), (state.First, state.Shelves.Length));
        state = state.With(0, empty);
        Assert.Equal((2, 1, 2), (state.First, state.Shelves.Length, state.Oldest!.Value.Number));
        Assert.Equal(3, state.NextDue(2, _ => false));
        Assert.Equal(2, state.NextDue(0, _ => true));
    }

    [Fact]
    public void The_list_of_condemned_uploads_is_bounded_and_takes_none_twice()
    {
        var state = new UploadsState().Condemn(["a.jpg", "a.jpg"], Now).Condemn(["a.jpg"], Now.AddDays(1));
        Assert.Equal(Now, Assert.Single(state.Condemned).Value);

        state = state.Doom(["a.jpg", "never-seen.jpg"]);
        Assert.Empty(state.Condemned);
        Assert.Equal("a.jpg", Assert.Single(state.Doomed));
        Assert.Empty(state.Condemn(["a.jpg"], Now).Condemned);

        state = state.Condemn(Enumerable.Range(0, 6_000).Select(number => $"{number}.jpg"), Now);
        Assert.Equal((UploadsState.Capacity - 1, 0), (state.Condemned.Count, state.Room));
    }

    [Fact]
    public void A_filter_never_forgets_a_name_and_seldom_invents_one()
    {
        var filter = new BloomFilter();
        var names = Enumerable.Range(0, 20_000).Select(_ => MediaName.NewCharacter("public")).ToList();
        names.ForEach(filter.Add);

        Assert.All(names, name => Assert.True(filter.MayHold(name)));
        Assert.True(Enumerable.Range(0, 1_000).Count(_ => filter.MayHold(MediaName.NewCharacter("public"))) < 10);
    }

    [Fact]
    public void The_name_of_a_picture_tells_its_time()
    {
        var name = MediaName.NewCharacter("somebody");

        Assert.InRange(MediaName.CharacterSince(name)!.Value, DateTimeOffset.UtcNow.AddMinutes(-5),
            DateTimeOffset.UtcNow.AddMinutes(5));
        Assert.Null(MediaName.CharacterSince("character_1.jpg"));
    }

    [Fact]
    public void Settings_that_would_take_what_a_client_relies_on_are_refused()
    {
        Assert.True(Check(new RetentionOptions()));
        Assert.False(new RetentionOptions().LimitsVideos);
        Assert.False(Check(new RetentionOptions { UploadGrace = TimeSpan.FromMinutes(1) }));
        Assert.False(Check(new RetentionOptions { MaxAge = TimeSpan.Zero }));
        Assert.False(Check(new RetentionOptions { MaxBytesPerOwner = 0 }));
        Assert.False(Check(new RetentionOptions { MaxBytesTotal = -1 }));

        static bool Check(RetentionOptions options) => new RetentionOptionsValidator().Validate(null, options).Succeeded;
    }

    private static ChunkCount Count(params ChunkItem[] items) => new([.. items], IsFull: false);

    private static ChunkItem Film(long place, long bytes, double daysAgo) =>
        new(Entry(place), new KeptMedia(true, Now.AddDays(-daysAgo), "c.jpg", bytes, null));

    private static ChunkItem Expired(long place, double daysAgo) =>
        new(Entry(place), new KeptMedia(true, Now.AddDays(-daysAgo), null, 0, Now.AddDays(-daysAgo)));

    private static HistoryEntry Entry(long place) => new(place, $"g{place}", Now);

    private static long[] Places(IEnumerable<ChunkItem> items) => [.. items.Select(item => item.Entry.Place)];
}
