using System.Collections.Immutable;
using System.Net;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.RateLimiting;

/// <summary>What the cluster counts, as clients see it.</summary>
public sealed class OwnerLimitTests
{
    private static readonly QuotaStatus Renders = new(QuotaKind.Renders, 100, 41, TimeSpan.FromHours(2));
    private static readonly QuotaStatus Submits = new(QuotaKind.Submits, 60, 0, TimeSpan.FromSeconds(2.5));

    [Fact]
    public async Task Without_limits_an_order_says_nothing_of_them()
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.Client.GenerateAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(response.Headers.Contains("RateLimit"));
        Assert.False(response.Headers.Contains("RateLimit-Policy"));
    }

    [Fact]
    public async Task An_order_says_what_is_left()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Allowance = new QuotaReply([Renders, Submits with { Left = 59 }]);

        using var response = await api.Client.GenerateAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("""
            "renders";q=100;w=86400, "submits";q=60;w=60
            """, Header(response, "RateLimit-Policy"));
        Assert.Equal("""
            "renders";r=41;t=7200, "submits";r=59;t=3
            """, Header(response, "RateLimit"));
    }

    [Theory]
    [InlineData(QuotaKind.Submits, "submits", """
        "submits";q=60;w=60
        """)]
    [InlineData(QuotaKind.Renders, "renders", """
        "renders";q=60;w=86400
        """)]
    [InlineData(QuotaKind.Unfinished, "unfinished", """
        "unfinished";q=60;qu="concurrent-requests"
        """)]
    public async Task An_order_over_a_limit_is_told_which_and_when_to_come_again(QuotaKind kind, string name, string policy)
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Allowance = Refused(Submits with { Kind = kind });

        using var response = await api.Client.GenerateAsync();

        var problem = await response.ProblemAsync(HttpStatusCode.TooManyRequests, "limit_reached");
        Assert.Equal(name, problem.Text("limit"));
        Assert.Equal("3", Header(response, "Retry-After"));
        Assert.Equal(policy, Header(response, "RateLimit-Policy"));
        Assert.Equal($"\"{name}\";r=0;t=3", Header(response, "RateLimit"));
        Assert.Empty(api.Cluster.Requests);
    }

    [Fact]
    public async Task A_retry_and_a_regeneration_are_orders_too()
    {
        await using var api = await ApiHost.StartAsync();
        using var ordered = await api.Client.GenerateAsync();
        var id = (await ordered.JsonAsync()).Text("id");
        api.Cluster.Put(api.Cluster.Find(id)! with { Status = GenerationStatus.Failed });
        api.Cluster.Allowance = Refused(Renders with { Left = 0 });

        using var retry = await api.Client.PostAsync($"/generation/{id}/retry", null);
        using var regenerate = await api.Client.PostAsync($"/generation/{id}/regenerate", null);

        await retry.ProblemAsync(HttpStatusCode.TooManyRequests, "limit_reached");
        await regenerate.ProblemAsync(HttpStatusCode.TooManyRequests, "limit_reached");
        Assert.Equal(GenerationStatus.Failed, api.Cluster.Find(id)!.Status);
        Assert.Single(api.Cluster.Requests);
    }

    [Fact]
    public async Task A_refused_order_with_a_key_can_be_sent_again_with_the_same_key()
    {
        await using var api = await ApiHost.StartAsync();
        api.Client.DefaultRequestHeaders.Add("Idempotency-Key", "one");
        var image = await api.Client.UploadAsync();
        var order = $$"""{"characterImageUrl":"{{image}}","script":"She waves."}""";
        api.Cluster.Allowance = Refused(Submits);
        using var refused = await api.Client.PostJsonAsync("/generate-video", order);
        api.Cluster.Allowance = new QuotaReply(ImmutableArray<QuotaStatus>.Empty);

        using var accepted = await api.Client.PostJsonAsync("/generate-video", order);

        await refused.ProblemAsync(HttpStatusCode.TooManyRequests, "limit_reached");
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
        Assert.False(accepted.Headers.Contains("Idempotency-Replayed"));
    }

    private static QuotaReply Refused(QuotaStatus refusal) => new([refusal], refusal);

    private static string Header(HttpResponseMessage response, string name) => Assert.Single(response.Headers.GetValues(name));
}
