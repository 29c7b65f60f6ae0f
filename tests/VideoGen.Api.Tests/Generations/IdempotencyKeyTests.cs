using System.Net;
using System.Text;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.Generations;

public sealed class IdempotencyKeyTests
{
    [Fact]
    public async Task The_same_key_and_order_answer_the_same_generation()
    {
        await using var api = await ApiHost.StartAsync();
        var image = await api.Client.UploadAsync();

        using var first = await OrderAsync(api, image, "key-1");
        using var again = await OrderAsync(api, image, "key-1", """ ,  "unknown":1""");
        using var other = await OrderAsync(api, image, "key-2");

        var id = (await first.JsonAsync()).Text("id");
        Assert.Equal(id, (await again.JsonAsync()).Text("id"));
        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(["true"], again.Headers.GetValues("Idempotency-Replayed"));
        Assert.Equal($"/generation/{id}", again.Headers.Location!.OriginalString);
        Assert.NotEqual(id, (await other.JsonAsync()).Text("id"));
        Assert.Equal(2, api.Cluster.Requests.Count);
    }

    [Theory]
    [InlineData(""","duration":6""")]
    [InlineData(""","seed":1""")]
    [InlineData(""","motion":"low" """)]
    [InlineData(""","script":"She leaves." """)]
    public async Task The_same_key_with_another_order_answers_422(string more)
    {
        await using var api = await ApiHost.StartAsync();
        var image = await api.Client.UploadAsync();
        using var first = await OrderAsync(api, image, "key");

        using var other = await OrderAsync(api, image, "key", more);

        await other.ProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");
        Assert.Single(api.Cluster.Requests);
    }

    [Fact]
    public async Task A_replay_is_answered_when_nothing_new_is_taken_on()
    {
        await using var api = await ApiHost.StartAsync();
        var image = await api.Client.UploadAsync();
        using var first = await OrderAsync(api, image, "key");
        api.Disk.HasRoom = false;

        using var again = await OrderAsync(api, image, "key");

        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task An_order_that_was_not_accepted_is_accepted_later_under_its_key()
    {
        await using var api = await ApiHost.StartAsync();
        var image = await api.Client.UploadAsync();
        api.Cluster.RetryAfter = TimeSpan.FromSeconds(7);
        using var full = await OrderAsync(api, image, "key");
        api.Cluster.RetryAfter = null;

        using var accepted = await OrderAsync(api, image, "key");

        await full.ProblemAsync(HttpStatusCode.TooManyRequests, "queue_full");
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
        Assert.False(accepted.Headers.Contains("Idempotency-Replayed"));
    }

    [Fact]
    public async Task The_key_of_a_deleted_generation_makes_no_other_one()
    {
        await using var api = await ApiHost.StartAsync();
        var image = await api.Client.UploadAsync();
        using var first = await OrderAsync(api, image, "key");
        var id = (await first.JsonAsync()).Text("id");
        api.Cluster.Forget(id);

        using var again = await OrderAsync(api, image, "key");

        Assert.Equal(id, (await again.ProblemAsync(HttpStatusCode.NotFound, "generation_not_found")).Text("generationId"));
        Assert.Single(api.Cluster.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData(256)]
    public async Task A_key_that_is_none_answers_422(object key)
    {
        await using var api = await ApiHost.StartAsync();
        var image = await api.Client.UploadAsync();

        using var response = await OrderAsync(api, image, key is int length ? new string('k', length) : (string)key);

        await response.InvalidAsync("Idempotency-Key");
        Assert.Empty(api.Cluster.Requests);
    }

    private static async Task<HttpResponseMessage> OrderAsync(ApiHost api, string image, string key, string more = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/generate-video")
        {
            Content = new StringContent(
                $$"""{"characterImageUrl":"{{image}}","script":"She waves."{{more}}}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return await api.Client.SendAsync(request);
    }
}
