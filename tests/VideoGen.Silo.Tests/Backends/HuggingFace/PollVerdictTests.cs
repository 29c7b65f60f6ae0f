using VideoGen.Grains.Backends;
using VideoGen.Silo.Backends.HuggingFace.Providers;
using VideoGen.Silo.Backends.HuggingFace.Verdicts;
using VideoGen.Silo.Backends.Refusals;
using VideoGen.Silo.Backends.Settings;
using VideoGen.Silo.Backends.Wire;
using static VideoGen.Silo.Tests.Backends.HuggingFace.SubmitVerdictTests;

namespace VideoGen.Silo.Tests.Backends.HuggingFace;

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
    [InlineData("wavespeed", """{"code":200,"data":{"status":"completed","outputs":[],"has_nsfw_contents":[true]}}""", "content_rejected", "unsafe")]
    [InlineData("together", """{"status":"cancelled"}""", "provider_failed", "cancelled")]
    [InlineData("wavespeed", """{"code":200,"data":{"status":"nsfw","error":"no"}}""", "content_rejected", "no (nsfw)")]
    [InlineData("novita", """{"task":{"status":"failed","error":{"message":"sensitive image"}}}""", "content_rejected", "sensitive")]
    [InlineData("novita", """{"task":{"status":"failed","error":"out of memory"}}""", "provider_failed", "out of memory")]
    [InlineData("together", """{"status":"failed","error":"out of memory"}""", "provider_failed", "out of memory")]
    public void A_failed_job_fails_with_the_words_of_the_provider(string provider, string body, string code, string says)
    {
        var failed = Assert.IsType<PollOutcome.Failed>(Status(provider, Reply(200, body)));

        Assert.Equal(code, failed.Error.Code);
        Assert.Contains(says, failed.Error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wavespeed", """{"code":200,"message":"success","data":{"status":"completed","outputs":[],"error":""}}""")]
    [InlineData("together", """{"status":"completed","outputs":{}}""")]
    [InlineData("novita", """{"task":{"status":"succeeded","content":{}}}""")]
    public void A_job_that_finished_without_a_video_is_suspect(string provider, string body) => Assert.Equal(
        "result_unusable", Assert.IsType<PollOutcome.Suspect>(Status(provider, Reply(200, body))).Error.Code);

    [Theory]
    [InlineData(404, """{"detail":"Not found"}""", "job_lost")]
    [InlineData(404, "<html>Not here</html>", "job_lost")]
    [InlineData(410, "", "job_lost")]
    [InlineData(200, "<html>One moment, please</html>", "provider_unavailable")]
    [InlineData(200, "", "provider_unavailable")]
    [InlineData(200, "[]", "provider_unavailable")]
    [InlineData(200, """{"hello":"world"}""", "provider_unavailable")]
    public void One_answer_that_would_end_a_paid_job_is_a_suspicion(int status, string body, string code) => Assert.Equal(
        code, Assert.IsType<PollOutcome.Suspect>(Status("fal-ai", Reply(status, body))).Error.Code);

    [Fact]
    public void Not_found_in_the_envelope_of_a_200_is_a_suspicion_too() => Assert.IsType<PollOutcome.Suspect>(
        Status("wavespeed", Reply(200, """{"code":404,"message":"prediction not found"}""")));

    [Theory]
    [InlineData(401, """{"error":"no"}""", "token_refused")]
    [InlineData(402, """{"error":"no"}""", "payment_required")]
    [InlineData(403, """{"error":"no"}""", "permission_missing")]
    [InlineData(403, """{"detail":"User is locked. Reason: Exhausted balance"}""", "payment_required")]
    [InlineData(403, "<html>", "provider_unavailable")]
    [InlineData(429, "<html>", "rate_limited")]
    [InlineData(400, """{"detail":"no"}""", "provider_unavailable")]
    [InlineData(422, """{"detail":"no"}""", "provider_unavailable")]
    [InlineData(302, "", "provider_unavailable")]
    [InlineData(500, """{"detail":"oops"}""", "provider_unavailable")]
    [InlineData(502, "<html>Bad Gateway</html>", "provider_unavailable")]
    [InlineData(503, "<html>", "provider_unavailable")]
    public void A_job_that_cannot_be_asked_for_waits_and_says_why(int status, string body, string code) => Assert.Equal(
        code, Assert.IsType<PollOutcome.Unavailable>(Status("fal-ai", Reply(status, body))).Error.Code);

    [Fact]
    public void A_poll_without_an_answer_is_asked_again() => Assert.IsType<PollOutcome.Unavailable>(
        Status("fal-ai", new Exchange.Silence(new TaskCanceledException(), BodyStarted: true)));

    [Fact]
    public void A_limit_says_when_to_ask_again() => Assert.Equal(
        TimeSpan.FromSeconds(9), Assert.IsType<PollOutcome.Unavailable>(
            Status("fal-ai", Reply(429, "", ("Retry-After", "9")))).RetryAfter);

    [Theory]
    [InlineData("9", 9)]
    [InlineData("1", 2)]
    [InlineData("120", 120)]
    [InlineData("86400", 600)]
    public void A_job_that_runs_is_asked_for_no_sooner_than_answer_and_provider_want(string hint, int seconds) => Assert.Equal(
        TimeSpan.FromSeconds(seconds), Assert.IsType<PollOutcome.Running>(
            Status("together", Reply(200, """{"status":"queued"}""", ("Retry-After", hint)))).PollAfter);

    [Fact]
    public void A_completed_job_of_fal_has_its_result_elsewhere() =>
        Assert.Null(Status("fal-ai", Reply(200, """{"status":"COMPLETED"}""")));

    [Theory]
    [InlineData(422, """{"detail":[{"loc":["body","image_url"],"msg":"Could not load image","type":"image_load_error"}]}""", null, "input_rejected", false)]
    [InlineData(422, """{"detail":[{"msg":"no","type":"content_policy_violation"}]}""", null, "content_rejected", false)]
    [InlineData(422, """{"detail":"no"}""", "true", "input_rejected", true)]
    [InlineData(499, """{"detail":"Request was cancelled","error_type":"client_cancelled"}""", null, "provider_failed", true)]
    [InlineData(422, """{"detail":"values are case-sensitive"}""", null, "input_rejected", false)]
    public void The_result_of_fal_is_where_its_failures_are(
        int status, string body, string? retryable, string code, bool expected)
    {
        var reply = retryable is null ? Reply(status, body) : Reply(status, body, ("X-Fal-Retryable", retryable));

        var failed = Assert.IsType<PollOutcome.Failed>(Result(reply));

        Assert.Equal((code, expected), (failed.Error.Code, failed.Error.Retryable));
    }

    [Theory]
    [InlineData(500, """{"detail":"x","error_type":"runner_server_error"}""", "provider_failed")]
    [InlineData(500, "<html>", "provider_failed")]
    [InlineData(504, """{"detail":"Request timed out","error_type":"request_timeout"}""", "provider_failed")]
    [InlineData(404, """{"detail":"Request not found"}""", "job_lost")]
    [InlineData(410, "<html>", "job_lost")]
    [InlineData(400, "<html>", "provider_unavailable")]
    [InlineData(422, "", "provider_unavailable")]
    [InlineData(200, "<html>", "provider_unavailable")]
    [InlineData(200, """{"seed":42}""", "result_unusable")]
    public void One_wrong_answer_in_place_of_a_result_is_a_suspicion(int status, string body, string code) => Assert.Equal(
        code, Assert.IsType<PollOutcome.Suspect>(Result(Reply(status, body))).Error.Code);

    [Theory]
    [InlineData(502, "<html>Bad Gateway</html>")]
    [InlineData(503, """{"error":"overloaded"}""")]
    [InlineData(429, "")]
    [InlineData(401, """{"error":"no"}""")]
    [InlineData(403, """{"detail":"User is locked. Reason: Exhausted balance"}""")]
    [InlineData(400, """{"detail":"Request is still in progress"}""")]
    public void What_stands_before_the_result_of_fal_passes(int status, string body) =>
        Assert.IsType<PollOutcome.Unavailable>(Result(Reply(status, body)));

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

    internal static PollOutcome? Status(string provider, Exchange exchange) =>
        PollVerdict.OfStatus(
            exchange, VideoProviders.Find(provider)!, new ProviderErrors(provider, provider, "a/b", UpstreamKeys.Old), Now);

    private static PollOutcome Result(Exchange exchange) =>
        PollVerdict.OfResult(exchange, new FalAi(), new ProviderErrors("fal-ai", "fal-ai", "a/b", UpstreamKeys.Old), Now);
}
