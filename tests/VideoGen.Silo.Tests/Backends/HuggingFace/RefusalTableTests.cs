using System.Text.Json;
using VideoGen.Grains.Backends;
using VideoGen.Silo.Backends.HuggingFace.Providers;
using VideoGen.Silo.Backends.Wire;
using static VideoGen.Silo.Tests.Backends.HuggingFace.SubmitVerdictTests;

namespace VideoGen.Silo.Tests.Backends.HuggingFace;

/// <summary>
/// Answers to submits as providers, the router and gateways before them were seen to give them (huggingface.js, fal.ai,
/// together.ai and the threads that quote them), each with the class that it is to have, in Traces/refusals.json.
/// </summary>
public sealed class RefusalTableTests
{
    private const string Html = "<!DOCTYPE html><html><body>Sorry, you have been blocked.</body></html>";

    private static readonly Recorded[] Table = JsonSerializer.Deserialize<Recorded[]>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Traces", "refusals.json")), JsonSerializerOptions.Web)!;

    public static TheoryData<int> Cases() => [.. Enumerable.Range(0, Table.Length)];

    [Theory, MemberData(nameof(Cases))]
    public void A_recorded_refusal_has_its_class(int index)
    {
        var expected = Table[index];

        var verdict = Assert.IsType<SubmitOutcome.NotAccepted>(Judge(new FalAi(), Reply(expected.Status, expected.Body)));

        Assert.Equal(expected, new Recorded(
            verdict.Error.ProviderStatus!.Value, expected.Body, verdict.Error.Code, $"{verdict.Scope}", verdict.Transient));
    }

    [Theory]
    [InlineData("fal-ai", 408, "", "x-fal-request-id")]
    [InlineData("fal-ai", 425, "", "x-fal-request-id")]
    [InlineData("fal-ai", 429, """{"detail":"Too many requests"}""", "x-fal-request-id")]
    [InlineData("fal-ai", 499, """{"detail":"Client disconnected","error_type":"client_disconnected"}""", "x-fal-request-id")]
    [InlineData("fal-ai", 503, """{"detail":"runner disconnected"}""", "x-fal-request-id")]
    [InlineData("fal-ai", 403, Html, "x-fal-request-id")]
    [InlineData("fal-ai", 429, """{"status":"IN_QUEUE","request_id":"764c"}""", null)]
    [InlineData("novita", 429, """{"task_id":"17","message":"busy"}""", null)]
    [InlineData("wavespeed", 200, """{"code":429,"message":"busy","data":{"id":"p1","status":"created"}}""", null)]
    [InlineData("together", 408, """{"id":"v1","status":"queued"}""", null)]
    public void A_refusal_that_names_a_request_or_a_job_leaves_it_open_whether_there_is_one(
        string provider, int status, string body, string? header) =>
        Assert.IsType<SubmitOutcome.Unknown>(Judge(VideoProviders.Find(provider)!, Reply(
            status, body, [.. new[] { (header!, "764c") }.Where(_ => header is not null)])));

    [Theory]
    [InlineData("fal-ai", 422, """{"detail":[{"loc":["body","prompt"],"msg":"Field required","type":"missing"}]}""")]
    [InlineData("fal-ai", 403, """{"detail":"User is locked. Reason: Exhausted balance"}""")]
    [InlineData("together", 429, """{"id":"oC1","error":{"message":"Too many requests","type":"rate_limit_error"}}""")]
    public void The_word_of_the_provider_about_the_order_or_the_account_counts_whatever_numbers_it_has(
        string provider, int status, string body) =>
        Assert.IsType<SubmitOutcome.NotAccepted>(
            Judge(VideoProviders.Find(provider)!, Reply(status, body, ("x-fal-request-id", "764c"))));

    [Fact]
    public void Whatever_slows_everybody_says_for_how_long() => Assert.Equal(
        TimeSpan.FromSeconds(56), Assert.IsType<SubmitOutcome.NotAccepted>(Judge(new FalAi(), Reply(
            429, "", ("Retry-After", "12"), ("RateLimit", "\"api\";r=0;t=55")))).RetryAfter);

    [Fact]
    public void An_order_that_reached_nobody_is_about_the_upstream() => Assert.Equal(
        VerdictScope.Upstream, Assert.IsType<SubmitOutcome.NotAccepted>(Judge(
            new FalAi(),
            new Exchange.Silence(new HttpRequestException(HttpRequestError.ConnectionError), BodyStarted: false))).Scope);

    private sealed record Recorded(int Status, string Body, string Code, string Scope, bool Transient);
}
