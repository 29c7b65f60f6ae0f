using System.Net;
using VideoGen.Api.Tests.Fakes;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.Generations;

public sealed class ListGenerationsTests
{
    [Fact]
    public async Task The_list_is_a_bare_array_of_ten_newest_first()
    {
        await using var api = await ApiHost.StartAsync();
        var ids = Accept(api, 12);

        using var response = await api.Client.GetAsync("/generations");

        Assert.Equal(ids.Reverse().Take(10), await IdsAsync(response));
    }

    [Fact]
    public async Task An_empty_history_is_an_empty_array()
    {
        await using var api = await ApiHost.StartAsync();

        Assert.Equal("[]", await api.Client.GetStringAsync("/generations"));
    }

    [Fact]
    public async Task Following_the_Link_header_visits_every_generation_once()
    {
        await using var api = await ApiHost.StartAsync();
        var ids = Accept(api, 23);

        List<string> seen = [];
        var next = "/generations?limit=7";
        while (next is not null)
        {
            using var response = await api.Client.GetAsync(next);
            seen.AddRange(await IdsAsync(response));
            next = NextIn(response);
        }

        Assert.Equal(ids.Reverse(), seen);
    }

    [Fact]
    public async Task A_page_that_ends_with_the_oldest_generation_has_no_next_one()
    {
        await using var api = await ApiHost.StartAsync();
        Accept(api, 10);

        using var response = await api.Client.GetAsync("/generations");

        Assert.Null(NextIn(response));
    }

    [Fact]
    public async Task Entries_without_a_generation_leave_no_hole_in_a_page()
    {
        await using var api = await ApiHost.StartAsync();
        var ids = Accept(api, 14);
        api.Cluster.Forget(ids[12]);
        api.Cluster.Forget(ids[7]);

        using var response = await api.Client.GetAsync("/generations");

        Assert.Equal(ids.Reverse().Except([ids[12], ids[7]]).Take(10), await IdsAsync(response));
    }

    [Fact]
    public async Task A_list_of_many_entries_without_generation_ends_its_pages_but_not_the_list()
    {
        await using var api = await ApiHost.StartAsync();
        var oldest = Accept(api, 1)[0];
        foreach (var id in Accept(api, 25))
        {
            api.Cluster.Forget(id);
        }

        using var first = await api.Client.GetAsync("/generations?limit=2");
        using var second = await api.Client.GetAsync(NextIn(first));

        using var third = await api.Client.GetAsync(NextIn(second) ?? "/generations?limit=2");

        Assert.Equal(oldest, Assert.Single((await IdsAsync(second)).Concat(await IdsAsync(third)).Distinct()));
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("limit=-1", "limit")]
    [InlineData("limit=ten", "limit")]
    [InlineData("limit=", "limit")]
    [InlineData("cursor=5", "cursor")]
    [InlineData("cursor=", "cursor")]
    [InlineData("cursor=___________", "cursor")]
    public async Task A_wrong_query_answers_422_and_is_named(string query, string field)
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.Client.GetAsync("/generations?" + query);

        await response.InvalidAsync(field);
    }

    [Fact]
    public async Task An_unreachable_history_is_no_empty_list()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Trouble = new TimeoutException();

        using var response = await api.Client.GetAsync("/generations");

        await response.ProblemAsync(HttpStatusCode.ServiceUnavailable, "unavailable");
    }

    private static string[] Accept(ApiHost api, int count)
    {
        var ids = Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7().ToString()).ToArray();
        foreach (var id in ids)
        {
            api.Cluster.Put(Snapshots.Pending(id));
            api.Cluster.Append(id);
        }

        return ids;
    }

    private static async Task<string[]> IdsAsync(HttpResponseMessage response) =>
        [.. (await response.JsonAsync()).EnumerateArray().Select(generation => generation.Text("id"))];

    private static string? NextIn(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Link", out var links))
        {
            return null;
        }

        var link = Assert.Single(links);
        Assert.EndsWith(">; rel=\"next\"", link, StringComparison.Ordinal);
        return link[1..link.IndexOf('>', StringComparison.Ordinal)];
    }
}
