using VideoGen.Api.Tests.Fakes;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.Generations;

public sealed class ListStatusTests
{
    [Fact]
    public async Task Only_the_wanted_statuses_are_listed_and_following_the_links_visits_each_once()
    {
        await using var api = await ApiHost.StartAsync();
        List<string> wanted = [];
        for (var count = 0; count < 130; count++)
        {
            var id = Guid.CreateVersion7().ToString();
            var status = (GenerationStatus)(count % 5);
            api.Cluster.Put(Snapshots.Pending(id) with { Status = status });
            api.Cluster.Append(id);
            if (status is GenerationStatus.Completed or GenerationStatus.Failed)
            {
                wanted.Insert(0, id);
            }
        }

        List<string> seen = [];
        for (var next = "/generations?limit=7&status=completed,failed"; next is not null;)
        {
            using var page = await api.Client.GetAsync(next);
            var items = (await page.JsonAsync()).EnumerateArray().ToList();
            Assert.True(items.Count <= 7);
            Assert.All(items, item => Assert.True(item.Text("status") is "completed" or "failed"));
            seen.AddRange(items.Select(item => item.Text("id")));
            next = page.Headers.TryGetValues("Link", out var links) ? links.Single().Split('<', '>')[1] : null;
        }

        Assert.Equal(wanted, seen);
    }

    [Fact]
    public async Task A_request_looks_at_a_bounded_number_and_leads_on()
    {
        await using var api = await ApiHost.StartAsync();
        for (var count = 0; count < 501; count++)
        {
            var id = Guid.CreateVersion7().ToString();
            api.Cluster.Put(Snapshots.Pending(id) with
            {
                Status = count == 0 ? GenerationStatus.Failed
                : GenerationStatus.Pending
            });
            api.Cluster.Append(id);
        }

        using var first = await api.Client.GetAsync("/generations?status=failed");
        using var second = await api.Client.GetAsync(first.Headers.GetValues("Link").Single().Split('<', '>')[1]);

        Assert.Equal(0, (await first.JsonAsync()).GetArrayLength());
        Assert.Equal(1, (await second.JsonAsync()).GetArrayLength());
        Assert.False(second.Headers.Contains("Link"));
    }

    [Theory]
    [InlineData("done")]
    [InlineData("")]
    [InlineData("failed,")]
    [InlineData("Failed")]
    [InlineData("3")]
    public async Task An_unknown_status_answers_422(string status)
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.Client.GetAsync("/generations?status=" + status);

        await response.InvalidAsync("status");
    }
}
