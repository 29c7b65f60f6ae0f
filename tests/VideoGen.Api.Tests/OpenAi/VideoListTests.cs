using System.Net;
using VideoGen.Api.Tests.Authentication;
using VideoGen.Api.Tests.Fakes;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.OpenAi;

public sealed class VideoListTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("desc", 20)]
    [InlineData("desc", 100)]
    [InlineData("asc", 100)]
    [InlineData("asc", 7)]
    public async Task All_videos_come_once_and_in_order_over_many_pages(string order, int limit)
    {
        await using var api = await ApiHost.StartAsync();
        var ids = Fill(api, 1200, apart: TimeSpan.FromSeconds(1));

        var listed = await ListAsync(api.Client, $"limit={limit}&order={order}");

        Assert.Equal(order == "asc" ? ids : ids.AsEnumerable().Reverse(), listed);
    }

    [Theory]
    [InlineData("desc")]
    [InlineData("asc")]
    public async Task Videos_of_the_same_moment_come_once(string order)
    {
        await using var api = await ApiHost.StartAsync();
        var ids = Fill(api, 50, apart: TimeSpan.Zero);

        var listed = await ListAsync(api.Client, $"limit=3&order={order}");

        Assert.Equal(order == "asc" ? ids : ids.AsEnumerable().Reverse(), listed);
    }

    [Theory]
    [InlineData("desc")]
    [InlineData("asc")]
    public async Task A_page_begins_after_a_video_that_was_deleted_meanwhile(string order)
    {
        await using var api = await ApiHost.StartAsync();
        var ids = Fill(api, 40, apart: TimeSpan.FromMilliseconds(300));
        var expected = (order == "asc" ? ids : ids.AsEnumerable().Reverse()).ToList();
        List<string> seen = [];

        for (string? after = null, more = "true"; more == "true";)
        {
            using var response = await api.Client.GetAsync($"/v1/videos?limit=3&order={order}{after}");
            var page = await response.JsonAsync();
            seen.AddRange(page.GetProperty("data").EnumerateArray().Select(video => video.Text("id")));
            Assert.Equal(seen[^1], page.Text("last_id"));
            api.Cluster.Remove(Uuid(seen[^1]));
            (after, more) = ("&after=" + seen[^1], page.GetProperty("has_more").GetRawText());
        }

        Assert.Equal(expected, seen);
    }

    [Theory]
    [InlineData("desc")]
    [InlineData("asc")]
    public async Task Wide_gaps_end_no_page_early(string order)
    {
        await using var api = await ApiHost.StartAsync();
        var ids = Fill(api, 3000, apart: TimeSpan.FromSeconds(1));
        List<string> kept = [ids[0], ids[1], ids[700], ids[2500], ids[2998]];
        foreach (var id in ids.Except(kept))
        {
            api.Cluster.Remove(Uuid(id));
        }

        var listed = await ListAsync(api.Client, $"limit=2&order={order}");

        Assert.Equal(order == "asc" ? kept : kept.AsEnumerable().Reverse(), listed);
    }

    [Fact]
    public async Task Submits_that_were_cut_off_leave_no_empty_page()
    {
        await using var api = await ApiHost.StartAsync();
        var ids = Fill(api, 900, apart: TimeSpan.FromSeconds(1));
        foreach (var id in ids.Skip(1))
        {
            api.Cluster.Forget(Uuid(id));
        }

        using var response = await api.Client.GetAsync("/v1/videos?limit=1");

        var page = await response.JsonAsync();
        Assert.Equal((ids[0], ids[0], "false"),
            (page.Text("first_id"), page.Text("last_id"), page.GetProperty("has_more").GetRawText()));
    }

    [Fact]
    public async Task An_empty_list_has_no_ids_and_no_more()
    {
        await using var api = await ApiHost.StartAsync();

        const string After = "after=" + OpenAiClient.VideoId;
        foreach (var query in new[] { "", "?order=asc", "?" + After, "?order=asc&" + After })
        {
            Assert.Equal("""{"object":"list","data":[],"first_id":null,"last_id":null,"has_more":false}""",
                await api.Client.GetStringAsync("/v1/videos" + query));
        }
    }

    [Fact]
    public async Task A_page_has_twenty_videos_by_default()
    {
        await using var api = await ApiHost.StartAsync();
        Fill(api, 21, apart: TimeSpan.FromSeconds(1));

        using var response = await api.Client.GetAsync("/v1/videos");

        var page = await response.JsonAsync();
        Assert.Equal((20, true), (page.GetProperty("data").GetArrayLength(), page.GetProperty("has_more").GetBoolean()));
        Assert.All(page.GetProperty("data").EnumerateArray(), VideoTests.IsComplete);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("limit=x", "limit")]
    [InlineData("after=nobody", "after")]
    [InlineData("order=up", "order")]
    public async Task A_wrong_query_is_a_400_that_names_it(string query, string param)
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.Client.GetAsync("/v1/videos?" + query);

        await response.ErrorAsync(HttpStatusCode.BadRequest, "invalid_value", param);
    }

    [Fact]
    public async Task The_id_of_another_owner_is_only_a_time()
    {
        using var box = new KeyBox();
        var (alice, bob) = (box.Add("alice"), box.Add("bob"));
        await using var api = await ApiHost.StartAsync(box.Setting);
        var other = Fill(api, 5, apart: TimeSpan.FromSeconds(1), "alice");
        var own = Fill(api, 5, apart: TimeSpan.FromSeconds(1), "bob");
        using var client = api.ClientWith(bob);

        Assert.Equal(own.AsEnumerable().Reverse(), await ListAsync(client, "limit=2"));
        using var response = await client.GetAsync("/v1/videos?after=" + other[4]);
        Assert.All(
            (await response.JsonAsync()).GetProperty("data").EnumerateArray(), video => Assert.Contains(video.Text("id"), own));
        Assert.NotEmpty(alice);
    }

    /// <summary>As the SDKs read it: on from last_id, until there is no more, no item or no last_id.</summary>
    private static async Task<List<string>> ListAsync(HttpClient client, string query)
    {
        List<string> ids = [];
        for (var after = ""; ;)
        {
            using var response = await client.GetAsync($"/v1/videos?{query}{after}");
            var page = await response.JsonAsync();
            var items = page.GetProperty("data").EnumerateArray().Select(video => video.Text("id")).ToList();
            ids.AddRange(items);
            if (items.Count == 0 || !page.GetProperty("has_more").GetBoolean())
            {
                return ids;
            }

            Assert.Equal(items[^1], page.Text("last_id"));
            after = "&after=" + items[^1];
        }
    }

    /// <summary>Accepts videos one after the other and returns their ids, oldest first.</summary>
    private static List<string> Fill(ApiHost api, int count, TimeSpan apart, string owner = "public")
    {
        List<string> ids = [];
        for (var number = 0; number < count; number++)
        {
            var at = Start + (number * apart);
            var id = Guid.CreateVersion7(at.AddMilliseconds(apart == TimeSpan.Zero ? number : 0)).ToString();
            api.Cluster.Put(Snapshots.Completed(id) with { CreatedAt = at, Request = Orders.Request(owner) });
            api.Cluster.Append(id, at);
            ids.Add("video_" + id.Replace("-", "", StringComparison.Ordinal));
        }

        return ids;
    }

    private static string Uuid(string id) => Guid.Parse(id["video_".Length..]).ToString();
}
