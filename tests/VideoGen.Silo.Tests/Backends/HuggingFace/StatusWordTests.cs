using VideoGen.Grains.Backends;
using static VideoGen.Silo.Tests.Backends.HuggingFace.PollVerdictTests;
using static VideoGen.Silo.Tests.Backends.HuggingFace.SubmitVerdictTests;

namespace VideoGen.Silo.Tests.Backends.HuggingFace;

/// <summary>Every provider reads a status by the same table, in any case.</summary>
public sealed class StatusWordTests
{
    private static readonly string[] Providers = ["fal-ai", "wavespeed", "together", "novita"];

    [Theory]
    [InlineData("failed")]
    [InlineData("FAILURE")]
    [InlineData("error")]
    [InlineData("Errored")]
    [InlineData("cancelled")]
    [InlineData("CANCELED")]
    [InlineData("timeout")]
    [InlineData("Timed out")]
    [InlineData("TIMED_OUT")]
    [InlineData("EXPIRED")]
    [InlineData("aborted")]
    [InlineData("rejected")]
    [InlineData("TASK_STATUS_FAILED")]
    public void A_word_for_failure_ends_the_job_everywhere(string word) => Assert.All(Providers, provider =>
    {
        var failed = Assert.IsType<PollOutcome.Failed>(Status(provider, Reply(200, Body(provider, word))));

        Assert.Equal(("provider_failed", VerdictScope.Order), (failed.Error.Code, failed.Scope));
        Assert.Contains(word, failed.Error.Message, StringComparison.OrdinalIgnoreCase);
    });

    [Theory]
    [InlineData("nsfw")]
    [InlineData("MODERATED")]
    [InlineData("Request Moderated")]
    [InlineData("content_filtered")]
    public void A_word_for_refused_content_says_so(string word) => Assert.All(Providers, provider => Assert.Equal(
        "content_rejected", Assert.IsType<PollOutcome.Failed>(Status(provider, Reply(200, Body(provider, word)))).Error.Code));

    [Theory]
    [InlineData("completed")]
    [InlineData("COMPLETE")]
    [InlineData("succeeded")]
    [InlineData("SUCCESS")]
    [InlineData("done")]
    [InlineData("Finished")]
    [InlineData("ready")]
    [InlineData("TASK_STATUS_SUCCEED")]
    public void A_word_for_success_ends_the_job_everywhere(string word) => Assert.All(Providers, provider =>
    {
        var outcome = Status(provider, Reply(200, Body(provider, word)));

        Assert.True(provider == "fal-ai" ? outcome is null : outcome is PollOutcome.Rendered, $"{provider}: {outcome}");
    });

    [Theory]
    [InlineData("IN_LIMBO")]
    [InlineData("polishing")]
    public void A_new_word_is_reported_and_the_job_runs_on(string word) => Assert.All(Providers, provider => Assert.Equal(
        $"{provider} reports the status {word}, which this server does not know. It keeps polling.",
        Assert.IsType<PollOutcome.Running>(Status(provider, Reply(200, Body(provider, word)))).Remark));

    [Theory]
    [InlineData("IN_QUEUE")]
    [InlineData("in_progress")]
    [InlineData("Processing")]
    [InlineData("created")]
    public void A_known_word_needs_no_remark(string word) => Assert.All(Providers, provider => Assert.Null(
        Assert.IsType<PollOutcome.Running>(Status(provider, Reply(200, Body(provider, word)))).Remark));

    private static string Body(string provider, string word) => (provider switch
    {
        "wavespeed" => """{"code":200,"data":{"status":"WORD","outputs":["https://cdn.example/a.mp4"]}}""",
        "novita" => """{"task":{"status":"WORD","content":{"url":"https://cdn.example/a.mp4"}}}""",
        _ => """{"status":"WORD","outputs":{"video_url":"https://cdn.example/a.mp4"}}""",
    }).Replace("WORD", word, StringComparison.Ordinal);
}
