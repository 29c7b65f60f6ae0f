using VideoGen.Grains.Contracts;
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
}
