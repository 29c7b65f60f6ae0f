using System.Net;
using System.Text.Json;
using VideoGen.Api.Tests.Fakes;
using VideoGen.Grains.Media;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.Generations;

public sealed class ExpiredTests
{
    private const string Id = "01994fd6-b0f3-7c5a-a8b2-c1d4e5f60718";

    [Fact]
    public async Task An_expired_generation_says_when_and_why_and_has_no_film()
    {
        await using var api = await StartAsync();

        using var response = await api.Client.GetAsync($"/generation/{Id}");

        var generation = await response.JsonAsync();
        Assert.Equal(("expired", "done"), (generation.Text("status"), generation.Text("stage")));
        Assert.Equal(JsonValueKind.Null, generation.GetProperty("videoUrl").ValueKind);
        Assert.Equal(JsonValueKind.Null, generation.GetProperty("posterUrl").ValueKind);
        var expiry = generation.GetProperty("expiry");
        Assert.Equal(("2026-12-23T01:09:16.589Z", "age"), (expiry.Text("at"), expiry.Text("reason")));
        Assert.StartsWith("The video was deleted", expiry.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_shows_expired_ones_and_filters_by_them()
    {
        await using var api = await StartAsync();
        var other = Guid.CreateVersion7().ToString();
        api.Cluster.Put(Snapshots.Completed(other));
        api.Cluster.Append(other);

        using var all = await api.Client.GetAsync("/generations");
        using var expired = await api.Client.GetAsync("/generations?status=expired");

        Assert.Equal([other, Id], (await all.JsonAsync()).EnumerateArray().Select(item => item.Text("id")));
        Assert.Equal([Id], (await expired.JsonAsync()).EnumerateArray().Select(item => item.Text("id")));
    }

    [Theory]
    [InlineData("mp4")]
    [InlineData("jpg")]
    public async Task Media_of_an_expired_generation_answer_410_with_the_reason(string extension)
    {
        await using var api = await StartAsync();

        using var response = await api.Client.GetAsync($"/videos/{Id}.{extension}");

        var problem = await response.ProblemAsync(HttpStatusCode.Gone, "generation_expired");
        Assert.Equal(Id, problem.Text("generationId"));
        Assert.Contains("exceeded the retention period", problem.Text("detail"), StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Cache-Control") && response.Headers.CacheControl!.Public);
    }

    [Fact]
    public async Task Media_that_never_were_are_not_found_as_before()
    {
        await using var api = await StartAsync();

        using var response = await api.Client.GetAsync($"/videos/{Guid.CreateVersion7()}.mp4");

        await response.ProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task A_retry_of_an_expired_one_says_what_to_do_instead()
    {
        await using var api = await StartAsync();

        using var response = await api.Client.PostAsync($"/generation/{Id}/retry", null);

        var problem = await response.ProblemAsync(HttpStatusCode.Gone, "generation_expired");
        Assert.Contains("regenerate", problem.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_film_can_be_made_of_an_expired_one_while_its_picture_is_there()
    {
        await using var api = await StartAsync();

        using var made = await api.Client.PostAsync($"/generation/{Id}/regenerate", null);
        await api.Media.DeleteAsync(MediaKind.Upload, Snapshots.Picture, default);
        using var refused = await api.Client.PostAsync($"/generation/{Id}/regenerate", null);

        Assert.Equal((HttpStatusCode.OK, Id), (made.StatusCode, (await made.JsonAsync()).Text("regeneratedFrom")));
        Assert.Equal(Id, (await refused.ProblemAsync(HttpStatusCode.Gone, "picture_gone")).Text("generationId"));
        Assert.Single(api.Cluster.Requests);
    }

    [Fact]
    public async Task A_picture_that_is_being_collected_can_not_be_ordered_with_although_its_file_is_there()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Doomed[Snapshots.Picture] = true;

        using var order = new StringContent($$"""{"characterImageUrl":"/uploads/{{Snapshots.Picture}}","script":"She waves."}""");
        using var response = await api.Client.PostAsync("/generate-video", order);

        await response.ProblemAsync(HttpStatusCode.UnprocessableEntity, "validation_failed");
        Assert.Empty(api.Cluster.Requests);
    }

    private static async Task<ApiHost> StartAsync()
    {
        var api = await ApiHost.StartAsync();
        api.Cluster.Put(Snapshots.Expired(Id));
        api.Cluster.Append(Id);
        return api;
    }
}
