using VideoGen.Grains.History;
using VideoGen.Testing;

namespace VideoGen.Grains.Tests.History;

public sealed class GenerationPageTests(ClusterFixture cluster)
{
    [Fact]
    public async Task A_page_carries_the_generations_of_its_places_as_they_stand_and_leads_to_the_next()
    {
        var (owner, known) = (Orders.NewId(), Orders.NewId());
        var unknown = await cluster.History(owner).AppendAsync(Orders.NewId());
        await cluster.Generation(known).SubmitAsync(Orders.Request(owner));

        var newest = await cluster.Pages.ReadAsync(owner, before: null, limit: 1);
        var oldest = await cluster.Pages.ReadAsync(owner, newest.Next, limit: 1);

        Assert.Equal(known, Assert.Single(newest.Entries).Generation!.Id);
        Assert.Equal(new PlacedGeneration(unknown.Place, null), Assert.Single(oldest.Entries));
        Assert.Null(oldest.Next);
    }

    [Fact]
    public async Task A_generation_that_can_not_be_read_is_left_out_and_hides_no_other()
    {
        var owner = Orders.NewId();
        string[] ids = [Orders.NewId(), Orders.NewId(), Orders.NewId()];
        foreach (var id in ids)
        {
            await cluster.Generation(id).SubmitAsync(Orders.Request(owner));
            await cluster.UntilEndAsync(id);
        }

        await DamageAsync(ids[1]);
        var page = await cluster.Pages.ReadAsync(owner, before: null, limit: 10);

        Assert.Equal([ids[2], null, ids[0]], page.Entries.Select(entry => entry.Generation?.Id));
        var alone = await Assert.ThrowsAnyAsync<Exception>(() => cluster.Generation(ids[1]).GetAsync());
        Assert.IsNotType<OrleansMessageRejectionException>(alone);    // whoever met that would ask again and again
    }

    [Fact]
    public async Task A_store_that_is_away_is_no_empty_list()
    {
        await using var own = new ClusterFixture();
        await own.InitializeAsync();
        var id = await own.SubmitAsync(new ScriptedBackend());
        await own.UntilEndAsync(id);
        await own.DeactivateAsync(own.Generation(id));
        own.Storage.IsReadable = grain => grain.Type != own.Generation(id).GetGrainId().Type;

        await Assert.ThrowsAnyAsync<Exception>(() => own.Pages.ReadAsync("public", before: null, limit: 10));
    }

    private async Task DamageAsync(string id)
    {
        cluster.Storage.Damage(cluster.Generation(id).GetGrainId(), "generation");
        await cluster.DeactivateAsync(cluster.Generation(id));
    }

    [Fact]
    public async Task An_entry_of_a_submit_that_a_crash_cut_off_is_gone_from_the_list_after_the_one_that_met_it()
    {
        var (owner, cutOff, known) = (Orders.NewId(), Orders.NewId(), Orders.NewId());
        var crash = DateTimeOffset.UtcNow.AddMinutes(-1);
        cluster.Storage.Seed(
            GrainId.Create("videogen.history", owner), "history",
            new HistoryState().Append(cutOff, crash, out _) with { IsListed = true });
        await cluster.Generation(known).SubmitAsync(Orders.Request(owner));

        Assert.Equal(2, (await cluster.Pages.ReadAsync(owner, before: null, limit: 10)).Entries.Count);

        var page = await cluster.Pages.ReadAsync(owner, before: null, limit: 10);
        var history = await cluster.History(owner).GetPageAsync(before: null, limit: 10);
        Assert.Equal(known, Assert.Single(page.Entries).Generation!.Id);
        Assert.Equal(known, Assert.Single(history.Entries).GenerationId);
    }

    [Fact]
    public async Task An_entry_whose_submit_may_still_be_under_way_stays()
    {
        var (owner, underWay) = (Orders.NewId(), Orders.NewId());
        await cluster.History(owner).AppendAsync(underWay);

        await cluster.Pages.ReadAsync(owner, before: null, limit: 10);

        Assert.Equal(
            underWay, Assert.Single((await cluster.History(owner).GetPageAsync(before: null, limit: 10)).Entries).GenerationId);
    }
}
