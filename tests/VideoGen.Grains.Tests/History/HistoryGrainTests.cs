using VideoGen.Grains.Calls;
using VideoGen.Testing;

namespace VideoGen.Grains.Tests.History;

public sealed class HistoryGrainTests(ClusterFixture cluster)
{
    [Fact]
    public async Task Pages_are_newest_first_and_walk_over_every_chunk_without_a_gap()
    {
        var owner = Orders.NewId();
        var ids = await AppendAsync(owner, 700);

        Assert.Equal(Enumerable.Reverse(ids), await ReadAllAsync(owner, limit: 100));
    }

    [Fact]
    public async Task Appends_at_the_same_time_all_get_a_place_of_their_own()
    {
        var owner = Orders.NewId();
        var ids = Enumerable.Range(0, 600).Select(_ => Orders.NewId()).ToList();

        var entries = await Task.WhenAll(ids.Select(id => cluster.History(owner).AppendAsync(id)));

        Assert.Equal(Enumerable.Range(1, 600).Select(place => (long)place), entries.Select(entry => entry.Place).Order());
        Assert.Equal(ids.Order(), (await ReadAllAsync(owner, limit: 64)).Order());
    }

    [Fact]
    public async Task Appending_again_gives_the_same_place_also_after_the_chunk_was_sealed()
    {
        var owner = Orders.NewId();
        var ids = await AppendAsync(owner, 256);

        Assert.Equal(256, (await cluster.History(owner).AppendAsync(ids[^1])).Place);
        await cluster.DeactivateAsync(cluster.History(owner));
        Assert.Equal(256, (await cluster.History(owner).AppendAsync(ids[^1])).Place);
    }

    [Fact]
    public async Task A_repetition_gives_the_same_place_however_many_came_in_between()
    {
        var owner = Orders.NewId();
        var first = (await AppendAsync(owner, 1))[0];
        await AppendAtOnceAsync(owner, 2_000);

        Repetition.Mark();

        Assert.Equal(1, (await cluster.History(owner).AppendAsync(first)).Place);
        Assert.Equal(2_002, (await cluster.History(owner).AppendAsync(Orders.NewId())).Place);
    }

    [Fact]
    public async Task What_was_never_accepted_is_found_without_its_place_however_many_came_in_between()
    {
        var owner = Orders.NewId();
        var first = (await AppendAsync(owner, 1))[0];
        await AppendAtOnceAsync(owner, 6_000);

        await cluster.History(owner).RemoveAsync(first, place: null);

        Assert.DoesNotContain(first,
            (await cluster.History(owner).GetPageAsync(3, 10)).Entries.Select(entry => entry.GenerationId));
    }

    [Fact]
    public async Task Everything_is_still_there_in_a_new_activation()
    {
        var owner = Orders.NewId();
        var ids = await AppendAsync(owner, 300);

        await cluster.DeactivateAsync(cluster.History(owner));

        Assert.Equal(Enumerable.Reverse(ids), await ReadAllAsync(owner, limit: 100));
    }

    [Fact]
    public async Task Removing_leaves_no_hole_in_a_page()
    {
        var owner = Orders.NewId();
        var ids = await AppendAsync(owner, 600);
        var removed = ids.Where((_, index) => index % 3 == 0).ToList();
        foreach (var id in removed)
        {
            await cluster.History(owner).RemoveAsync(id, ids.IndexOf(id) + 1);
        }

        var left = Enumerable.Reverse(ids).Except(removed).ToList();
        var page = await cluster.History(owner).GetPageAsync(null, 100);

        Assert.Equal(left.Take(100), page.Entries.Select(entry => entry.GenerationId));
        Assert.Equal(left, await ReadAllAsync(owner, limit: 7));
    }

    [Fact]
    public async Task A_new_entry_does_not_shift_the_pages_that_follow_a_cursor()
    {
        var owner = Orders.NewId();
        var ids = await AppendAsync(owner, 20);
        var first = await cluster.History(owner).GetPageAsync(null, 5);

        await AppendAsync(owner, 3);
        var second = await cluster.History(owner).GetPageAsync(first.Next, 5);

        Assert.Equal(Enumerable.Reverse(ids).Skip(5).Take(5), second.Entries.Select(entry => entry.GenerationId));
    }

    [Fact]
    public async Task A_failed_write_is_an_error_for_those_who_waited_and_the_next_append_works()
    {
        var owner = Orders.NewId();
        var ids = await AppendAsync(owner, 3);
        cluster.Storage.FailWrites(owner, times: 1);

        var lost = Orders.NewId();
        await Assert.ThrowsAnyAsync<Exception>(() => cluster.History(owner).AppendAsync(lost));
        var next = await AppendAsync(owner, 1);

        Assert.Equal([next[0], .. Enumerable.Reverse(ids)], await ReadAllAsync(owner, limit: 10));
    }

    [Fact]
    public async Task An_empty_history_has_an_empty_page()
    {
        var page = await cluster.History(Orders.NewId()).GetPageAsync(null, 10);

        Assert.Empty(page.Entries);
        Assert.Null(page.Next);
    }

    private async Task<List<string>> AppendAsync(string owner, int count)
    {
        List<string> ids = [];
        for (var i = 0; i < count; i++)
        {
            ids.Add(Orders.NewId());
            await cluster.History(owner).AppendAsync(ids[^1]);
        }

        return ids;
    }

    private async Task AppendAtOnceAsync(string owner, int count) => await Task.WhenAll(
        Enumerable.Range(0, count).Select(_ => cluster.History(owner).AppendAsync(Orders.NewId())));

    private async Task<List<string>> ReadAllAsync(string owner, int limit)
    {
        List<string> ids = [];
        for (long? next = null; ;)
        {
            var page = await cluster.History(owner).GetPageAsync(next, limit);
            ids.AddRange(page.Entries.Select(entry => entry.GenerationId));
            Assert.True(page.Entries.Count == limit || page.Next is null);
            if ((next = page.Next) is null)
            {
                return ids;
            }
        }
    }
}
