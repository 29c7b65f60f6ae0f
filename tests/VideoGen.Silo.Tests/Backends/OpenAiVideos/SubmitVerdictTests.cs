using VideoGen.Grains.Backends;
using VideoGen.Silo.Backends.OpenAiVideos.Verdicts;
using VideoGen.Silo.Backends.Wire;
using static VideoGen.Silo.Tests.Backends.OpenAiVideos.Answers;

namespace VideoGen.Silo.Tests.Backends.OpenAiVideos;

public sealed class SubmitVerdictTests
{
    [Theory]
    [InlineData(200, """{"id":"video_gen_7","object":"video","status":"queued"}""", "video_gen_7")]
    [InlineData(201, """{"id":"7","status":"in_progress"}""", "7")]
    [InlineData(202, """{"task_id":"task_7","status":"NOT_START"}""", "task_7")]
    [InlineData(200, """{"id":"a","task_id":"b"}""", "a")]
    [InlineData(200, """{"id":17}""", "17")]
    [InlineData(200, """{"id":"7","status":"failed","error":{"message":"out of memory"}}""", "7")]
    [InlineData(200, """{"id":"7","status":"completed"}""", "7")]
    public void Any_success_that_names_a_job_is_an_acceptance(int status, string body, string id)
    {
        var job = Assert.IsType<SubmitOutcome.Accepted>(Judge(Reply(status, body))).Job;

        Assert.Equal(new RenderJob(id, $"/v1/videos/{id}", $"/v1/videos/{id}/content", $"/v1/videos/{id}"), job);
    }

    [Theory]
    [InlineData("""{"id":"d1","status":"completed","data":[{"url":"https://cdn.example/a.mp4"}]}""", "d1")]
    [InlineData("""{"status":"COMPLETED","data":[{"url":"https://cdn.example/a.mp4"}],"created":1}""", "finished")]
    public void A_server_that_renders_during_the_call_has_finished_already(string body, string id) => Assert.Equal(
        new RenderJob(id, null, "https://cdn.example/a.mp4"),
        Assert.IsType<SubmitOutcome.Accepted>(Judge(Reply(200, body))).Job);

    [Fact]
    public void An_id_is_one_segment_of_the_path_and_may_be_long()
    {
        var id = "video_" + new string('a', 250) + "+/=";

        var job = Assert.IsType<SubmitOutcome.Accepted>(Judge(Reply(200, $$"""{"id":"{{id}}"}"""))).Job;

        Assert.Equal((id, $"/v1/videos/video_{new string('a', 250)}%2B%2F%3D"), (job.Id, job.StatusPath));
    }

    [Theory]
    [InlineData(500, """{"detail":"internal error"}""")]
    [InlineData(502, "<html>Bad Gateway</html>")]
    [InlineData(503, """{"error":{"message":"engine is dead","code":503}}""")]
    [InlineData(504, "")]
    [InlineData(400, "<html>Bad Request</html>")]
    [InlineData(403, "<html>Forbidden</html>")]
    [InlineData(404, "<html>Not Found</html>")]
    [InlineData(408, """{"error":{"message":"litellm.Timeout"}}""")]
    [InlineData(499, """{"detail":"closed"}""")]
    [InlineData(302, "")]
    [InlineData(303, "")]
    [InlineData(200, "<html>Welcome</html>")]
    [InlineData(200, "")]
    [InlineData(200, "[]")]
    [InlineData(200, """{"status":"queued"}""")]
    [InlineData(200, """{"id":"..","status":"queued"}""")]
    [InlineData(200, """{"status":"completed","data":[{"url":"file:///etc/passwd"}]}""")]
    public void An_answer_that_leaves_it_open_is_unknown(int status, string body) =>
        Assert.Equal("outcome_unknown", Assert.IsType<SubmitOutcome.Unknown>(Judge(Reply(status, body))).Error.Code);

    [Fact]
    public void A_failure_that_names_a_job_leads_to_it()
    {
        var unknown = Assert.IsType<SubmitOutcome.Unknown>(
            Judge(Reply(422, """{"id":"7","object":"video","status":"failed","error":{"message":"no","code":422}}""")));

        Assert.Equal("7", unknown.Lead?.Id);
    }

    [Fact]
    public void Without_an_answer_it_counts_whether_the_body_began_to_go_out()
    {
        var cause = new HttpRequestException(HttpRequestError.ConnectionError);

        var no = Assert.IsType<SubmitOutcome.NotAccepted>(Judge(new Exchange.Silence(cause, BodyStarted: false)));

        Assert.Equal((true, VerdictScope.Upstream, "provider_unavailable"), (no.Transient, no.Scope, no.Error.Code));
        Assert.IsType<SubmitOutcome.Unknown>(Judge(new Exchange.Silence(cause, BodyStarted: true)));
    }

    [Theory]
    [InlineData(400, """{"detail":"input_reference file is required"}""", "input_rejected", VerdictScope.Order)]
    [InlineData(422, """{"detail":[{"loc":["body","seconds"],"msg":"bad","type":"int_parsing"}]}""", "input_rejected",
        VerdictScope.Order)]
    [InlineData(400, """{"error":{"message":"This size is odd","type":"Bad Request","code":400}}""", "input_rejected",
        VerdictScope.Order)]
    [InlineData(400, """{"error":"prompt was flagged as nsfw"}""", "content_rejected", VerdictScope.Order)]
    [InlineData(413, "<html>Request Entity Too Large</html>", "input_rejected", VerdictScope.Order)]
    [InlineData(400, """{"error":{"message":"Model mismatch: request specifies 'a/b', server is running 'c/d'.","code":400}}""",
        "model_unavailable", VerdictScope.Model)]
    [InlineData(404, """{"error":{"message":"The model `a/b` does not exist.","type":"NotFoundError","code":404}}""",
        "model_unavailable", VerdictScope.Model)]
    [InlineData(400, """{"error":{"message":"No","param":"model","code":"x"}}""", "model_unavailable", VerdictScope.Model)]
    [InlineData(422, """{"detail":[{"loc":["body","model"],"msg":"unknown","type":"value_error"}]}""", "model_unavailable",
        VerdictScope.Model)]
    [InlineData(401, "<html>Sign in</html>", "token_refused", VerdictScope.Upstream)]
    [InlineData(401, """{"error":"Unauthorized"}""", "token_refused", VerdictScope.Upstream)]
    [InlineData(402, """{"error":{"message":"no credits left"}}""", "payment_required", VerdictScope.Upstream)]
    [InlineData(403, """{"error":{"message":"not your team"}}""", "permission_missing", VerdictScope.Upstream)]
    [InlineData(429, """{"error":{"message":"slow down"}}""", "rate_limited", VerdictScope.Upstream)]
    [InlineData(404, """{"detail":"Not Found"}""", "model_unavailable", VerdictScope.Upstream)]
    [InlineData(405, """{"detail":"Method Not Allowed"}""", "model_unavailable", VerdictScope.Upstream)]
    [InlineData(301, "<html>Moved</html>", "provider_failed", VerdictScope.Upstream)]
    public void A_refusal_of_the_server_itself_is_certain_and_says_whom_it_concerns(
        int status, string body, string code, VerdictScope scope)
    {
        var no = Assert.IsType<SubmitOutcome.NotAccepted>(Judge(Reply(status, body)));

        Assert.Equal((code, scope), (no.Error.Code, no.Scope));
    }

    [Theory]
    [InlineData("This diffusion model does not support mixed image and video references.")]
    [InlineData("The model does not support 123x45, which is not supported.")]
    public void A_refusal_of_one_request_does_not_stop_the_model(string message)
    {
        var no = Assert.IsType<SubmitOutcome.NotAccepted>(Judge(Reply(400, $$"""{"detail":"{{message}}"}""")));

        Assert.Equal(VerdictScope.Order, no.Scope);
    }

    [Fact]
    public void A_refusal_names_the_server_the_setting_and_its_words()
    {
        var missing = Assert.IsType<SubmitOutcome.NotAccepted>(Judge(Reply(404, """{"detail":"Not Found"}""")));
        var token = Assert.IsType<SubmitOutcome.NotAccepted>(Judge(Reply(401, """{"error":"Unauthorized"}""")));

        Assert.Equal(
            "gpu1 has no /v1/videos. Set VideoGen:Upstreams:gpu1:Url to the root of a server that renders videos.",
            missing.Error.Message);
        Assert.Equal(
            "gpu1 does not accept the token. Set VideoGen:Upstreams:gpu1:Token to a valid one. It said: Unauthorized",
            token.Error.Message);
    }

    [Fact]
    public void A_server_that_says_when_to_come_back_is_not_called_before()
    {
        var no = Judge(Reply(429, """{"error":"busy"}""", ("Retry-After", "7")));

        Assert.Equal(TimeSpan.FromSeconds(7), Assert.IsType<SubmitOutcome.NotAccepted>(no).RetryAfter);
    }

    private static SubmitOutcome Judge(Exchange exchange) => SubmitVerdict.Of(exchange, Errors, Now);
}
