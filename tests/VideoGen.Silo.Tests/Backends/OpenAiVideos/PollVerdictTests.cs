using VideoGen.Grains.Backends;
using VideoGen.Silo.Backends.OpenAiVideos.Verdicts;
using VideoGen.Silo.Backends.Wire;
using static VideoGen.Silo.Tests.Backends.OpenAiVideos.Answers;

namespace VideoGen.Silo.Tests.Backends.OpenAiVideos;

public sealed class PollVerdictTests
{
    [Theory]
    [InlineData("queued")]
    [InlineData("pending")]
    [InlineData("submitted")]
    [InlineData("not_start")]
    [InlineData("NOT_START")]
    public void A_job_that_waits_has_no_progress(string word)
    {
        var running = Assert.IsType<PollOutcome.Running>(Judge(word, """, "progress": 50"""));

        Assert.Equal((null, null), (running.Progress, running.Remark));
    }

    [Theory]
    [InlineData("in_progress", "0", null)]
    [InlineData("processing", "1", 0.01)]
    [InlineData("running", "37", 0.37)]
    [InlineData("generating", "100", 1.0)]
    [InlineData("IN_PROGRESS", "250", 1.0)]
    [InlineData("In_Progress", "0.5", 0.5)]
    [InlineData("in_progress", "-3", null)]
    [InlineData("in_progress", "null", null)]
    [InlineData("in_progress", "\"40%\"", null)]
    public void Progress_is_per_cent_and_zero_means_nothing(string word, string progress, double? expected)
    {
        var running = Assert.IsType<PollOutcome.Running>(Judge(word, $""", "progress": {progress}"""));

        Assert.Equal((expected, null), (running.Progress, running.Remark));
    }

    [Theory]
    [InlineData("completed")]
    [InlineData("succeeded")]
    [InlineData("SUCCESS")]
    public void A_finished_job_is_fetched_from_the_server_or_from_the_address_that_it_names(string word)
    {
        Assert.Equal(GpuServer.RenderJob.ResultPath, Rendered(""));
        Assert.Equal(GpuServer.RenderJob.ResultPath, Rendered(""", "url": null"""));
        Assert.Equal(GpuServer.RenderJob.ResultPath, Rendered(""", "url": "/outputs/7.mp4" """));
        Assert.Equal(GpuServer.RenderJob.ResultPath, Rendered($$""", "url": "https://s3.example/{{new string('a', 9000)}}" """));
        Assert.Equal("https://s3.example/7?sig=1", Rendered(""", "url": "https://s3.example/7?sig=1" """));
        Assert.Equal("https://s3.example/8", Rendered(""", "data": [{"url": "https://s3.example/8"}]"""));

        string Rendered(string more) => Assert.IsType<PollOutcome.Rendered>(Judge(word, more)).Result.Location;
    }

    [Theory]
    [InlineData("failed", """, "error": {"message": "CUDA out of memory"}""", "provider_failed", "CUDA out of memory")]
    [InlineData("failed", """, "error": {"code": 500, "message": "worker died"}""", "provider_failed", "worker died")]
    [InlineData("failed", """, "error": "no such thing" """, "provider_failed", "no such thing")]
    [InlineData("error", "", "provider_failed", "error")]
    [InlineData("cancelled", "", "provider_failed", "cancelled")]
    [InlineData("canceled", "", "provider_failed", "canceled")]
    [InlineData("EXPIRED", "", "provider_failed", "EXPIRED")]
    [InlineData("deleted", "", "provider_failed", "deleted")]
    [InlineData("failed", """, "error": {"code": "moderation_blocked", "message": "blocked by moderation"}""", "content_rejected",
        "blocked by moderation")]
    [InlineData("failed", """, "error": {"code": "content_policy_violation", "message": "no"}""", "content_rejected", "no")]
    public void A_failed_job_has_failed_with_the_words_of_the_server(string word, string more, string code, string words)
    {
        var error = Assert.IsType<PollOutcome.Failed>(Judge(word, more)).Error;

        Assert.Equal(code, error.Code);
        Assert.Contains($"It said: {words}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_job_without_a_reason_has_none() => Assert.Equal(
        "gpu1 could not make the video.", Assert.IsType<PollOutcome.Failed>(Judge("failed", "")).Error.Message);

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(422)]
    [InlineData(500)]
    [InlineData(503)]
    public void The_job_in_the_body_of_an_error_is_the_verdict(int status)
    {
        const string body =
            """{"id":"7","object":"video","status":"failed","progress":0,"error":{"code":500,"message":"bad latents"}}""";

        var error = Assert.IsType<PollOutcome.Failed>(Judge(Reply(status, body))).Error;

        Assert.Equal(("provider_failed", status), (error.Code, error.ProviderStatus));
        Assert.EndsWith("It said: bad latents", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rendering_frames", "rendering_frames")]
    [InlineData("PAUSED", "PAUSED")]
    public void An_unknown_word_means_that_the_job_goes_on_and_is_shown(string word, string shown)
    {
        var running = Assert.IsType<PollOutcome.Running>(Judge(word, """, "progress": 12"""));

        Assert.Equal(0.12, running.Progress);
        Assert.Contains($"gpu1 reports the status {shown}", running.Remark, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, """{"detail":"Video not found"}""")]
    [InlineData(404, "<html>")]
    [InlineData(410, """{"detail":"Gone"}""")]
    public void A_job_that_the_server_does_not_know_is_only_suspected_to_be_lost(int status, string body) =>
        Assert.Equal("job_lost", Assert.IsType<PollOutcome.Suspect>(Judge(Reply(status, body))).Error.Code);

    [Theory]
    [InlineData(500, """{"detail":"oops"}""", "provider_unavailable")]
    [InlineData(502, "<html>", "provider_unavailable")]
    [InlineData(200, "<html>", "provider_unavailable")]
    [InlineData(200, "{}", "provider_unavailable")]
    [InlineData(200, """{"status":7}""", "provider_unavailable")]
    [InlineData(302, "", "provider_unavailable")]
    [InlineData(500, """{"object":"video","status":"queued"}""", "provider_unavailable")]
    [InlineData(401, """{"error":"Unauthorized"}""", "token_refused")]
    [InlineData(429, """{"error":"slow"}""", "rate_limited")]
    public void Anything_else_is_asked_again(int status, string body, string code) =>
        Assert.Equal(code, Assert.IsType<PollOutcome.Unavailable>(Judge(Reply(status, body))).Error.Code);

    [Fact]
    public void A_poll_without_an_answer_is_asked_again() => Assert.Equal(
        "provider_unavailable",
        Assert.IsType<PollOutcome.Unavailable>(Judge(new Exchange.Silence(new IOException(), BodyStarted: true))).Error.Code);

    [Fact]
    public void The_interval_that_the_server_asks_for_is_kept()
    {
        var running = Judge(Reply(200, """{"status":"queued"}""", ("Retry-After", "9")));

        Assert.Equal(TimeSpan.FromSeconds(9), Assert.IsType<PollOutcome.Running>(running).PollAfter);
    }

    private static PollOutcome Judge(string word, string more) =>
        Judge(Reply(200, $$"""{"id": "7", "object": "video", "status": "{{word}}"{{more}}}"""));

    private static PollOutcome Judge(Exchange exchange) => PollVerdict.Of(exchange, GpuServer.RenderJob, Errors, Now);
}
