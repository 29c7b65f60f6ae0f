using System.Net.Sockets;
using System.Text.Json;
using VideoGen.Grains.Backends;
using VideoGen.Silo.Backends.HuggingFace.Providers;
using VideoGen.Silo.Backends.HuggingFace.Verdicts;
using VideoGen.Silo.Backends.Refusals;
using VideoGen.Silo.Backends.Settings;
using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Tests.Backends.HuggingFace;

public sealed class SubmitVerdictTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-11-23T10:00:00Z", null);

    [Fact]
    public void A_refusal_says_who_refused_and_ends_its_sentence()
    {
        var verdict = Assert.IsType<SubmitOutcome.NotAccepted>(Judge(new FalAi(), Reply(402, """{"error":"Credit, please"}""")));

        Assert.Equal((true, "fal-ai"), (verdict.Error.Retryable, verdict.Error.Provider));
        Assert.EndsWith(". It said: Credit, please", verdict.Error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500, """{"detail":"internal error","error_type":"internal_error"}""")]
    [InlineData(502, "<html>Bad Gateway</html>")]
    [InlineData(504, """{"detail":"Request timed out","error_type":"request_timeout"}""")]
    [InlineData(503, "<html>Service Unavailable</html>")]
    [InlineData(503, "Service Unavailable")]
    [InlineData(503, """{"status":"?"}""")]
    [InlineData(520, "")]
    [InlineData(302, "")]
    [InlineData(303, "")]
    [InlineData(200, "<html>Welcome to the hotel</html>")]
    [InlineData(200, """{"status":"IN_QUEUE"}""")]
    [InlineData(200, "")]
    [InlineData(200, "[]")]
    public void An_answer_that_leaves_it_open_is_unknown_and_never_sent_again(int status, string body)
    {
        var verdict = Assert.IsType<SubmitOutcome.Unknown>(Judge(new FalAi(), Reply(status, body)));

        Assert.Equal(("outcome_unknown", true), (verdict.Error.Code, verdict.Error.Retryable));
    }

    [Fact]
    public void A_503_that_says_when_to_come_back_is_a_no()
    {
        var verdict = Assert.IsType<SubmitOutcome.NotAccepted>(Judge(new FalAi(), Reply(503, "busy", ("Retry-After", "7"))));

        Assert.Equal((true, TimeSpan.FromSeconds(7)), (verdict.Transient, verdict.RetryAfter));
    }

    [Theory]
    [MemberData(nameof(Breaks))]
    public void Without_an_answer_it_counts_whether_the_body_began_to_go_out(Exception cause)
    {
        var before = Assert.IsType<SubmitOutcome.NotAccepted>(
            Judge(new FalAi(), new Exchange.Silence(cause, BodyStarted: false)));
        var after = Assert.IsType<SubmitOutcome.Unknown>(Judge(new FalAi(), new Exchange.Silence(cause, BodyStarted: true)));

        Assert.Equal((true, "provider_unavailable"), (before.Transient, before.Error.Code));
        Assert.Equal("outcome_unknown", after.Error.Code);
    }

    public static TheoryData<Exception> Breaks() =>
    [
        new HttpRequestException(HttpRequestError.NameResolutionError),
        new HttpRequestException(HttpRequestError.ConnectionError, "refused", new SocketException(111)),
        new HttpRequestException(HttpRequestError.SecureConnectionError),
        new HttpRequestException(HttpRequestError.ProxyTunnelError),
        new HttpRequestException(HttpRequestError.ResponseEnded),
        new HttpRequestException(HttpRequestError.Unknown, "reset", new IOException()),
        new IOException("reset"),
        new TaskCanceledException("time is up"),
    ];

    [Fact]
    public void Each_provider_names_its_job_and_the_paths_to_ask_with()
    {
        Assert.Equal(
            new RenderJob("764c", "/fal-ai/wan/requests/764c/status?_subdomain=queue",
            "/fal-ai/wan/requests/764c?_subdomain=queue",
                "/fal-ai/wan/requests/764c/cancel?_subdomain=queue"),
            Accept(new FalAi(), Hub.FalAccepted));
        Assert.Equal(
            new RenderJob("p1", "/api/v3/predictions/p1/result"),
            Accept(new WaveSpeed(), """{"code":200,"data":{"id":"p1","urls":{"get":"https://api.wavespeed.ai/api/v3/predictions/p1/result"}}}"""));
        Assert.Equal(new RenderJob("a/b", "/v2/videos/a%2Fb"), Accept(new Together(), """{"id":"a/b","status":"queued"}"""));
        Assert.Equal(new RenderJob("17", "/v3/minimax/v2/query/video_generation/17"), Accept(new Novita(), """{"task_id":17}"""));
    }

    [Theory]
    [InlineData("""{"request_id":"r"}""")]
    [InlineData("""{"request_id":"r","response_url":"file:///etc/passwd","cancel_url":7}""")]
    [InlineData("""{"request_id":"r","response_url":"/relative"}""")]
    public void A_job_without_usable_paths_is_still_followed(string answer) => Assert.Equal(
        new RenderJob("r", "/fal-ai/wan/requests/r/status?_subdomain=queue", "/fal-ai/wan/requests/r?_subdomain=queue",
            "/fal-ai/wan/requests/r/cancel?_subdomain=queue"),
        Accept(new FalAi(), answer));

    [Theory]
    [InlineData("fal-ai", "", "764c", "764c")]
    [InlineData("fal-ai", """{"request_id":"r","detail":"gone wrong"}""", "764c", "r")]
    [InlineData("fal-ai", "", "../../api/whoami", null)]
    [InlineData("fal-ai", "", "", null)]
    [InlineData("wavespeed", """{"code":504,"data":{"id":"p1"}}""", "764c", "p1")]
    [InlineData("together", """{"id":"request-1","error":{"message":"timeout"}}""", "764c", null)]
    [InlineData("novita", "<html>504</html>", "764c", null)]
    public void An_answer_that_is_no_acceptance_may_still_name_the_job(string provider, string body, string header, string? lead)
    {
        var verdict = Judge(VideoProviders.Find(provider)!, Reply(504, body, ("x-fal-request-id", header)));

        Assert.Equal(lead, Assert.IsType<SubmitOutcome.Unknown>(verdict).Lead?.Id);
    }

    [Theory]
    [InlineData("https://evil.example/fal-ai/../../../api/whoami?x=1#y")]
    [InlineData("https://user:password@evil.example/fal-ai/%2e%2e/%2e%2e/api/whoami")]
    public void The_host_of_a_named_path_is_never_believed_and_it_cannot_climb(string url)
    {
        var job = Accept(new FalAi(), JsonSerializer.Serialize(new { request_id = "r", response_url = url }));

        Assert.Equal("/api/whoami?_subdomain=queue", job.ResultPath);
    }

    [Theory]
    [InlineData("""{"code":400,"message":"image is required"}""", "input_rejected")]
    [InlineData("""{"code":401,"message":"no"}""", "token_refused")]
    public void A_refusal_in_the_envelope_of_a_200_is_a_refusal(string body, string code) => Assert.Equal(
        code, Assert.IsType<SubmitOutcome.NotAccepted>(Judge(new WaveSpeed(), Reply(200, body))).Error.Code);

    [Fact]
    public void A_trouble_in_the_envelope_of_a_200_is_unknown() => Assert.IsType<SubmitOutcome.Unknown>(
        Judge(new WaveSpeed(), Reply(200, """{"code":5004,"message":"server wait timeout"}""")));

    [Fact]
    public void The_error_carries_the_request_id_and_the_words_of_the_provider()
    {
        var verdict = Assert.IsType<SubmitOutcome.NotAccepted>(
            Judge(new FalAi(), Reply(
                422, """{"detail":[{"loc":["body","image_url"],"msg":"Field required"}]}""", ("x-request-id", "Root=1-a"))));

        Assert.Equal("Root=1-a", verdict.Error.RequestId);
        Assert.EndsWith("It said: image_url: Field required", verdict.Error.Message, StringComparison.Ordinal);
    }

    internal static Exchange.Reply Reply(int status, string body, params (string Name, string Value)[] headers) => new(
        status, headers.ToDictionary(header => header.Name, header => header.Value, StringComparer.OrdinalIgnoreCase), body);

    private static RenderJob Accept(VideoProvider provider, string body) =>
        Assert.IsType<SubmitOutcome.Accepted>(Judge(provider, Reply(200, body))).Job;

    internal static SubmitOutcome Judge(VideoProvider provider, Exchange exchange) => SubmitVerdict.Of(
        exchange, provider, new ProviderModel("fal-ai/wan/v2.2-a14b/image-to-video"), new ProviderErrors(
            provider.Id, provider.Id, "a/b", UpstreamKeys.Old), Now);
}
