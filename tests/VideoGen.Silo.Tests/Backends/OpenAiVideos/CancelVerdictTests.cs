using VideoGen.Grains.Backends;
using VideoGen.Silo.Backends.OpenAiVideos.Verdicts;
using VideoGen.Silo.Backends.Wire;
using static VideoGen.Grains.Backends.CancelOutcome;
using static VideoGen.Silo.Tests.Backends.OpenAiVideos.Answers;

namespace VideoGen.Silo.Tests.Backends.OpenAiVideos;

public sealed class CancelVerdictTests
{
    [Theory]
    [InlineData(200, """{"id":"7","object":"video.deleted","deleted":true}""", Confirmed, NotPossible)]
    [InlineData(204, "", Confirmed, NotPossible)]
    [InlineData(404, """{"error":{"message":"Video not found"}}""", Confirmed, NotPossible)]
    [InlineData(200, "<html>", CancelOutcome.Unavailable, NotPossible)]
    [InlineData(404, "<html>", CancelOutcome.Unavailable, NotPossible)]
    [InlineData(409, """{"error":{"message":"try again"}}""", CancelOutcome.Unavailable, CancelOutcome.Unavailable)]
    [InlineData(500, "", CancelOutcome.Unavailable, CancelOutcome.Unavailable)]
    [InlineData(503, "", CancelOutcome.Unavailable, CancelOutcome.Unavailable)]
    [InlineData(429, "", CancelOutcome.Unavailable, CancelOutcome.Unavailable)]
    [InlineData(405, "", NotPossible, NotPossible)]
    [InlineData(401, "", NotPossible, NotPossible)]
    public void Only_a_server_that_stops_its_runs_can_confirm_it(
        int status, string body, CancelOutcome atVllmOmni, CancelOutcome elsewhere)
    {
        Assert.Equal(atVllmOmni, CancelVerdict.Of(Reply(status, body), "vllm-omni"));
        Assert.Equal(elsewhere, CancelVerdict.Of(Reply(status, body), "sglang"));
        Assert.Equal(elsewhere, CancelVerdict.Of(Reply(status, body), "auto"));
    }

    [Fact]
    public void A_cancel_without_an_answer_is_asked_again() => Assert.Equal(
        CancelOutcome.Unavailable, CancelVerdict.Of(new Exchange.Silence(new IOException(), BodyStarted: true), "sglang"));
}
