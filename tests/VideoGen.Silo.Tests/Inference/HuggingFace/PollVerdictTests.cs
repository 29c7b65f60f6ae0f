using VideoGen.Grains.Ports;
using VideoGen.Silo.Inference.HuggingFace.Providers;
using VideoGen.Silo.Inference.HuggingFace.Verdicts;
using VideoGen.Silo.Inference.HuggingFace.Wire;
using static VideoGen.Silo.Tests.Inference.HuggingFace.SubmitVerdictTests;

namespace VideoGen.Silo.Tests.Inference.HuggingFace;

public sealed class PollVerdictTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-11-23T10:00:00Z", null);

    [Theory]
    [InlineData("fal-ai", 202, """{"status":"IN_QUEUE","queue_position":0}""", null, 1)]
    [InlineData("fal-ai", 202, """{"status":"IN_PROGRESS","logs":null}""", null, null)]
    [InlineData("fal-ai", 200, """{"status":"WARMING_THE_STARS"}""", null, null)]
    [InlineData("wavespeed", 200, """{"code":200,"data":{"status":"created"}}""", null, null)]
    [InlineData("wavespeed", 200, """{"code":200,"data":{"status":"processing","progress":0.25}}""", 0.25, null)]
    [InlineData("together", 200, """{"status":"in_progress","progress":40}""", 0.4, null)]
    [InlineData("together", 200, """{"status":"queued","progress":"soon"}""", null, null)]
    [InlineData("novita", 200, """{"task":{"status":"running","progress_percent":150}}""", 1.0, null)]
    [InlineData("novita", 200, """{"task":{"status":"unheard-of","progress":-1}}""", null, null)]
    public void A_job_that_is_not_at_its_end_runs_on_also_when_the_status_is_new(
        string provider, int status, string body, double? progress, int? place)
    {
        var running = Assert.IsType<PollOutcome.Running>(Status(provider, Reply(status, body)));

        Assert.Equal((progress, place), (running.Progress, running.QueuePosition));
    }

    [Theory]
    [InlineData("wavespeed", """{"code":200,"data":{"status":"completed","outputs":["https://cdn.example/a.mp4"]}}""")]
    [InlineData("together", """{"status":"completed","outputs":{"video_url":"https://cdn.example/a.mp4","cost":0.2}}""")]
    [InlineData("novita", """{"task":{"status":"succeeded","content":{"url":"https://cdn.example/a.mp4"}}}""")]
    public void A_finished_job_names_its_film(string provider, string body) => Assert.Equal(
        new PollOutcome.Rendered(new RenderResult("https://cdn.example/a.mp4")), Status(provider, Reply(200, body)));

    [Theory]
    [InlineData("wavespeed", """{"code":200,"data":{"status":"failed","error":"GPU fell off"}}""", "provider_failed", "GPU fell off")]
    [InlineData("wavespeed", """{"code":200,"data":{"status":"failed","error":"content flagged as unsafe"}}""", "content_rejected", "flagged")]
    [InlineData("wavespeed", """{"code":200,"data":{"status":"failed","error":"no","has_nsfw_contents":[true]}}""", "content_rejected", "unsafe")]
    [InlineData("wavespeed", """{"code":200,"data":{"status":"timeout"}}""", "provider_failed", "timeout")]
    [InlineData("wavespeed", """{"code":200,"data":{"status":"cancelled"}}""", "provider_failed", "cancelled")]
    [InlineData("together", """{"status":"failed","error":{"code":"content_policy","message":"Input image rejected"}}""", "content_rejected", "rejected")]
    [InlineData("wavespeed", """{"code":200,"message":"success","data":{"status":"completed","outputs":[],"error":""}}""", "result_unusable", "without a video. Retry to order it again.")]
    [InlineData("wavespeed", """{"code":200,"data":{"status":"completed","outputs":[],"has_nsfw_contents":[true]}}""", "content_rejected", "unsafe")]
    [InlineData("together", """{"status":"cancelled"}""", "provider_failed", "canceled")]
    [InlineData("together", """{"status":"completed","outputs":{}}""", "result_unusable", "without a video")]
    [InlineData("novita", """{"task":{"status":"failed","error":{"message":"sensitive image"}}}""", "content_rejected", "sensitive")]
    public void A_failed_job_fails_with_the_words_of_the_provider(string provider, string body, string code, string says)
    {
        var failed = Assert.IsType<PollOutcome.Failed>(Status(provider, Reply(200, body)));

        Assert.Equal(code, failed.Error.Code);
        Assert.Contains(says, failed.Error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, typeof(PollOutcome.Failed), "token_refused")]
    [InlineData(403, typeof(PollOutcome.Failed), "permission_missing")]
    [InlineData(404, typeof(PollOutcome.Lost), "job_lost")]
    [InlineData(410, typeof(PollOutcome.Lost), "job_lost")]
    [InlineData(400, typeof(PollOutcome.Unavailable), "input_rejected")]
    [InlineData(402, typeof(PollOutcome.Unavailable), "payment_required")]
    [InlineData(429, typeof(PollOutcome.Unavailable), "rate_limited")]
    [InlineData(500, typeof(PollOutcome.Unavailable), "provider_unavailable")]
    [InlineData(503, typeof(PollOutcome.Unavailable), "provider_unavailable")]
    [InlineData(200, typeof(PollOutcome.Unavailable), "provider_unavailable")]
    public void Only_four_refusals_of_a_poll_are_final(int status, Type expected, string code)
    {
        var outcome = Status("fal-ai", Reply(status, "<html>"))!;

        Assert.IsType(expected, outcome);
        Assert.Equal(code, outcome switch
        {
            PollOutcome.Failed failed => failed.Error.Code,
            PollOutcome.Lost lost => lost.Error.Code,
            PollOutcome.Unavailable unavailable => unavailable.Error.Code,
            _ => null,
        });
    }

    [Fact]
    public void A_poll_without_an_answer_is_asked_again() => Assert.IsType<PollOutcome.Unavailable>(
        Status("fal-ai", new Exchange.Silence(new TaskCanceledException(), BodyStarted: true)));

    [Fact]
    public void A_limit_says_when_to_ask_again() => Assert.Equal(
        TimeSpan.FromSeconds(9), Assert.IsType<PollOutcome.Unavailable>(
            Status("fal-ai", Reply(429, "", ("Retry-After", "9")))).RetryAfter);

    [Fact]
    public void A_completed_job_of_fal_has_its_result_elsewhere() =>
        Assert.Null(Status("fal-ai", Reply(200, """{"status":"COMPLETED"}""")));

    [Theory]
    [InlineData(422, """{"detail":[{"loc":["body","image_url"],"msg":"Could not load image","type":"image_load_error"}]}""", null, "input_rejected", false)]
    [InlineData(422, """{"detail":[{"msg":"no","type":"content_policy_violation"}]}""", null, "content_rejected", false)]
    [InlineData(422, """{"detail":"no"}""", "true", "input_rejected", true)]
    [InlineData(500, """{"detail":"x","error_type":"runner_server_error"}""", null, "provider_failed", true)]
    [InlineData(504, """{"detail":"Request timed out","error_type":"request_timeout"}""", "false", "provider_failed", false)]
    [InlineData(499, "", null, "provider_failed", true)]
    [InlineData(200, """{"seed":42}""", null, "result_unusable", true)]
    public void The_result_of_fal_is_where_its_failures_are(
        int status, string body, string? retryable, string code, bool expected)
    {
        var reply = retryable is null ? Reply(status, body) : Reply(status, body, ("X-Fal-Retryable", retryable));

        var failed = Assert.IsType<PollOutcome.Failed>(Result(reply));

        Assert.Equal((code, expected), (failed.Error.Code, failed.Error.Retryable));
    }

    [Theory]
    [InlineData(502, "<html>Bad Gateway</html>")]
    [InlineData(503, """{"error":"overloaded"}""")]
    [InlineData(429, "")]
    [InlineData(200, "<html>")]
    public void A_gateway_before_the_result_of_fal_passes(int status, string body) =>
        Assert.IsType<PollOutcome.Unavailable>(Result(Reply(status, body)));

    [Fact]
    public void A_result_of_fal_that_is_over_is_lost() =>
        Assert.IsType<PollOutcome.Lost>(Result(Reply(404, """{"detail":"Request not found"}""")));

    [Theory]
    [InlineData(202, """{"status":"CANCELLATION_REQUESTED"}""", CancelOutcome.Confirmed)]
    [InlineData(200, "", CancelOutcome.Confirmed)]
    [InlineData(200, "<html>", CancelOutcome.Unavailable)]
    [InlineData(200, """{"status":"ALREADY_COMPLETED"}""", CancelOutcome.NotPossible)]
    [InlineData(400, """{"status":"ALREADY_COMPLETED"}""", CancelOutcome.NotPossible)]
    [InlineData(404, """{"status":"NOT_FOUND"}""", CancelOutcome.NotPossible)]
    [InlineData(405, "", CancelOutcome.NotPossible)]
    [InlineData(429, "", CancelOutcome.Unavailable)]
    [InlineData(502, "", CancelOutcome.Unavailable)]
    public void A_cancel_counts_only_when_the_provider_confirms_it(int status, string body, CancelOutcome expected) =>
        Assert.Equal(expected, CancelVerdict.Of(Reply(status, body)));

    private static PollOutcome? Status(string provider, Exchange exchange) =>
        PollVerdict.OfStatus(exchange, VideoProviders.Find(provider)!, new Errors(provider, provider, "a/b"), Now);

    private static PollOutcome Result(Exchange exchange) =>
        PollVerdict.OfResult(exchange, new FalAi(), new Errors("fal-ai", "fal-ai", "a/b"), Now);
}
