using System.Net;
using VideoGen.Api.Tests.Fakes;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Webhooks;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.Webhooks;

public sealed class WebhookTests
{
    private const string Url = "https://shop.example/hooks?token=secret";
    private static readonly (string, string) Secret = ("VideoGen:Webhooks:Secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    [Fact]
    public async Task An_address_that_can_be_told_is_part_of_the_order()
    {
        await using var api = await ApiHost.StartAsync(Secret);

        using var response = await api.Client.GenerateAsync($$""","webhookUrl":"{{Url}}" """);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Url, api.Cluster.Requests.Single().WebhookUrl);
        Assert.DoesNotContain("shop.example", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"http://shop.example/hooks\"")]
    [InlineData("\"https://user:password@shop.example/hooks\"")]
    [InlineData("\"file:///etc/passwd\"")]
    [InlineData("\"\"")]
    [InlineData("7")]
    [InlineData("[\"https://shop.example/\"]")]
    public async Task An_address_of_another_form_is_refused_by_name(string json)
    {
        await using var api = await ApiHost.StartAsync(Secret);

        using var response = await api.Client.GenerateAsync($",\"webhookUrl\":{json}");

        await response.InvalidAsync("webhookUrl");
        Assert.Empty(api.Cluster.Requests);
    }

    [Fact]
    public async Task Without_a_secret_nothing_could_be_signed_and_the_order_is_refused()
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.Client.GenerateAsync($$""","webhookUrl":"{{Url}}" """);

        await response.InvalidAsync("webhookUrl");
    }

    [Fact]
    public async Task An_order_without_an_address_goes_to_that_of_its_owner_or_to_nobody()
    {
        await using var api = await ApiHost.StartAsync(Secret, ("VideoGen:Webhooks:Owners:public:Url", Url));
        await using var plain = await ApiHost.StartAsync();

        using var told = await api.Client.GenerateAsync();
        using var untold = await plain.Client.GenerateAsync();

        Assert.Equal(Url, api.Cluster.Requests.Single().WebhookUrl);
        Assert.Null(plain.Cluster.Requests.Single().WebhookUrl);
    }

    [Fact]
    public async Task The_log_tells_every_attempt_and_shows_no_query()
    {
        await using var api = await ApiHost.StartAsync();
        var id = Put(api, WebhookStatus.Pending);

        using var response = await api.Client.GetAsync($"/generation/{id}/webhook");

        var log = await response.JsonAsync();
        Assert.Equal((id, "https://shop.example/hooks"), (log.Text("generationId"), log.Text("url")));
        var delivery = log.GetProperty("deliveries").EnumerateArray().Single();
        Assert.Equal(($"msg_{id.Replace("-", "", StringComparison.Ordinal)}_6", "generation.completed", "pending",
            "2026-11-23T01:09:21.589Z"),
            (delivery.Text("webhookId"), delivery.Text("type"), delivery.Text("status"), delivery.Text("nextAttemptAt")));
        var attempts = delivery.GetProperty("attempts").EnumerateArray().ToList();
        Assert.Equal((503, 120),
            (attempts[0].GetProperty("httpStatus").GetInt32(), attempts[0].GetProperty("durationMilliseconds").GetInt32()));
        Assert.Equal("connection_failed", attempts[1].Text("trouble"));
    }

    [Fact]
    public async Task A_replay_answers_with_the_log_as_it_is_then()
    {
        await using var api = await ApiHost.StartAsync();
        var id = Put(api, WebhookStatus.Failed);

        using var response = await api.Client.PostAsync($"/api/generation/{id}/webhook/replay", null);

        Assert.Equal("pending", (await response.JsonAsync()).GetProperty("deliveries")[0].Text("status"));
    }

    [Fact]
    public async Task What_was_never_announced_has_an_empty_log_and_nothing_to_replay()
    {
        await using var api = await ApiHost.StartAsync();
        var id = Orders.NewId();
        api.Cluster.Put(Announced(Snapshots.Pending(id)));

        using var log = await api.Client.GetAsync($"/generation/{id}/webhook");
        using var replay = await api.Client.PostAsync($"/generation/{id}/webhook/replay", null);

        Assert.Equal(0, (await log.JsonAsync()).GetProperty("deliveries").GetArrayLength());
        await replay.ProblemAsync(HttpStatusCode.Conflict, "nothing_to_replay");
    }

    [Fact]
    public async Task Without_an_address_or_a_generation_there_is_nothing()
    {
        await using var api = await ApiHost.StartAsync();
        var id = Orders.NewId();
        api.Cluster.Put(Snapshots.Completed(id));
        var other = Orders.NewId();
        var pending = Snapshots.Pending(other);
        api.Cluster.Put(Announced(pending with { Request = pending.Request with { Owner = "somebody else" } }));

        using var without = await api.Client.GetAsync($"/generation/{id}/webhook");
        using var unknown = await api.Client.PostAsync($"/generation/{Orders.NewId()}/webhook/replay", null);
        using var foreign = await api.Client.GetAsync($"/generation/{other}/webhook");

        await without.ProblemAsync(HttpStatusCode.NotFound, "webhook_not_found");
        await unknown.ProblemAsync(HttpStatusCode.NotFound, "generation_not_found");
        await foreign.ProblemAsync(HttpStatusCode.NotFound, "generation_not_found");
    }

    private static string Put(ApiHost api, WebhookStatus standing)
    {
        var id = Orders.NewId();
        api.Cluster.Put(Announced(Snapshots.Completed(id)));
        api.Cluster.Webhooks[id] = new WebhookLog(Url, [
            new WebhookDelivery(
                new WebhookEvent(6, GenerationStatus.Completed, Snapshots.Created, 1, false), standing,
                Snapshots.Created.AddSeconds(5), 2,
                [
                    new WebhookAttempt(Snapshots.Created, 503, null, TimeSpan.FromMilliseconds(120)),
                    new WebhookAttempt(Snapshots.Created, null, WebhookFailure.ConnectionFailed, TimeSpan.Zero),
                ]),
        ]);
        return id;
    }

    private static GenerationSnapshot Announced(GenerationSnapshot generation) =>
        generation with { Request = generation.Request with { WebhookUrl = Url } };
}
