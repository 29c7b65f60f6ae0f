using System.Net;
using VideoGen.FakeHub.Faults;
using VideoGen.FakeHub.Jobs;

namespace VideoGen.FakeHub.Tests;

public sealed class PollFaultTests(TestHub hub) : HubTest(hub)
{
    public static TheoryData<string> Providers => Wire.Providers;

    [Theory, MemberData(nameof(Providers))]
    public async Task Progress_can_have_decimals_or_be_missing(string provider)
    {
        var wire = Wire.Of(provider);
        Hub.Server.Faults.Add(FaultKind.FractionalProgress, "fractions");
        Hub.Server.Faults.Add(FaultKind.MissingProgress, "nothing");
        var fractions = await Hub.AcceptAsync(wire, "fractions");
        var nothing = await Hub.AcceptAsync(wire, "nothing");
        Hub.Clock.Advance(TimeSpan.FromSeconds(0.5));

        Assert.Matches("\"progress\":[0-9]+\\.[0-9]+", await TextAsync(Hub.PollAsync(wire, fractions)));
        Assert.DoesNotMatch("\"progress\"|queue_position|logs|timings", await TextAsync(Hub.PollAsync(wire, nothing)));
    }

    [Fact]
    public async Task A_place_in_the_queue_can_have_decimals_or_be_missing()
    {
        var usual = await Hub.AcceptAsync(Wire.FalAi, "usual");
        Hub.Server.Faults.Add(FaultKind.FractionalProgress, "fractions");
        Hub.Server.Faults.Add(FaultKind.MissingProgress, "nothing");
        Hub.Clock.Advance(TimeSpan.FromMilliseconds(10));
        var fractions = await Hub.AcceptAsync(Wire.FalAi, "fractions");
        var nothing = await Hub.AcceptAsync(Wire.FalAi, "nothing");

        Assert.Contains("\"queue_position\":1}", await TextAsync(Hub.PollAsync(Wire.FalAi, usual)), StringComparison.Ordinal);
        Assert.Matches("\"queue_position\":[23]\\.5", await TextAsync(Hub.PollAsync(Wire.FalAi, fractions)));
        Assert.DoesNotContain("queue_position", await TextAsync(Hub.PollAsync(Wire.FalAi, nothing)), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_status_can_be_a_word_that_nobody_knows_until_the_job_is_done(string provider)
    {
        var wire = Wire.Of(provider);
        Hub.Server.Faults.Add(FaultKind.UnknownStatus, "a cat");
        var id = await Hub.AcceptAsync(wire, "a cat");

        Hub.Clock.Advance(TimeSpan.FromSeconds(0.5));
        Assert.DoesNotContain(await Hub.WordAsync(wire, id), wire.Words);
        Hub.Server.Jobs.Finish(id);
        Assert.Equal(wire.Words[2], await Hub.WordAsync(wire, id));
    }

    [Fact]
    public async Task A_job_can_never_finish_and_still_be_finished_by_hand()
    {
        Hub.Server.Faults.Add(FaultKind.NeverFinish, "a cat");
        var id = await Hub.AcceptAsync(Wire.Together, "a cat");

        Hub.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal("in_progress", await Hub.WordAsync(Wire.Together, id));
        Hub.Server.Jobs.Finish(id);
        Assert.Equal("completed", await Hub.WordAsync(Wire.Together, id));
    }

    [Fact]
    public async Task The_result_of_fal_can_be_an_error_or_empty_a_few_times()
    {
        Hub.Server.Faults.Add(new FaultRule(FaultKind.ResultError, new("a cat")) { Count = 2 });
        Hub.Server.Faults.Add(new FaultRule(FaultKind.EmptyResult, new("a cat")) { After = 2, Count = 1 });
        var id = await Hub.AcceptAsync(Wire.FalAi, "a cat");
        Hub.Clock.Advance(TimeSpan.FromSeconds(2));

        var answers = new List<string>();
        for (var asked = 0; asked < 4; asked++)
        {
            using var answer = await Hub.Http.GetAsync(Wire.FalAi.Result(id));
            var hasVideo = (await answer.Content.ReadAsStringAsync()).Contains("\"video\"", StringComparison.Ordinal);
            answers.Add($"{(int)answer.StatusCode} {hasVideo}");
        }

        Assert.Equal(["500 False", "500 False", "200 False", "200 True"], answers);
    }

    [Theory]
    [InlineData(null, 200)]
    [InlineData(502, 502)]
    public async Task One_poll_can_be_a_page_of_html_with_any_status(int? status, int expected)
    {
        Hub.Server.Faults.Add(new FaultRule(FaultKind.HtmlOnPoll, new("a cat")) { Count = 1, Status = status });
        var id = await Hub.AcceptAsync(Wire.Together, "a cat");

        using var page = await Hub.PollAsync(Wire.Together, id);
        Assert.Equal(expected, (int)page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
        using var after = await Hub.PollAsync(Wire.Together, id);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    [Fact]
    public async Task A_job_can_finish_although_its_cancel_was_confirmed()
    {
        Hub.Server.Faults.Add(FaultKind.FinishAfterCancel, "a cat");
        var id = await Hub.AcceptAsync(Wire.FalAi, "a cat");

        using var cancel = await Hub.Http.PutAsync($"/router/fal-ai/fal-ai/wan/requests/{id}/cancel?_subdomain=queue", null);
        Assert.Equal(HttpStatusCode.Accepted, cancel.StatusCode);
        Hub.Clock.Advance(TimeSpan.FromSeconds(2));

        using var result = await Hub.Http.GetAsync(Wire.FalAi.Result(id));
        Assert.Equal(HttpStatusCode.OK, result.StatusCode);
    }

    [Theory]
    [InlineData(422, "[\"detail\"]")]
    [InlineData(500, "[\"detail\",\"error_type\"]")]
    public async Task A_job_that_fails_on_fal_is_completed_and_the_result_request_has_its_status(int status, string keys)
    {
        Hub.Server.Faults.Add(FaultKind.FailJob, "a cat", status: status);
        var id = await Hub.AcceptAsync(Wire.FalAi, "a cat");
        Hub.Server.Jobs.Finish(id);

        Assert.Equal("COMPLETED", await Hub.WordAsync(Wire.FalAi, id));
        using var result = await Hub.Http.GetAsync(Wire.FalAi.Result(id));
        Assert.Equal(status, (int)result.StatusCode);
        var names = (await TestHub.ReadAsync(result)).AsObject().Select(entry => $"\"{entry.Key}\"");
        Assert.Equal(keys, $"[{string.Join(',', names)}]");
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Content_that_is_refused_is_told_in_the_words_of_the_provider(string provider)
    {
        var wire = Wire.Of(provider);
        Hub.Server.Faults.Add(FaultKind.RejectContent, "a cat");
        var id = await Hub.AcceptAsync(wire, "a cat");
        Hub.Server.Jobs.Finish(id);

        Assert.Equal(wire.Words[3], await Hub.WordAsync(wire, id));
        Assert.Matches("content flagged as unsafe", await TextAsync(Hub.Http.GetAsync(wire.Result(id))));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Polls_can_fail_for_a_while(string provider)
    {
        var wire = Wire.Of(provider);
        Hub.Server.Faults.Add(new FaultRule(FaultKind.PollError, new("a cat")) { Status = 502, After = 1, Count = 2 });
        var id = await Hub.AcceptAsync(wire, "a cat");

        var failed = new List<bool>();
        for (var poll = 0; poll < 4; poll++)
        {
            using var answer = await Hub.PollAsync(wire, id);
            failed.Add(answer.StatusCode is HttpStatusCode.BadGateway);
        }

        Assert.Equal([false, true, true, false], failed);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_job_can_be_lost(string provider)
    {
        var wire = Wire.Of(provider);
        Hub.Server.Faults.Add(FaultKind.LoseJob, "a cat");
        var id = await Hub.AcceptAsync(wire, "a cat");

        using var answer = await Hub.PollAsync(wire, id);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Polls_can_be_answered_with_a_page_or_not_at_all()
    {
        Hub.Server.Faults.Add(FaultKind.HtmlOnPoll, "page");
        Hub.Server.Faults.Add(FaultKind.DropOnPoll, "drop");
        var page = await Hub.AcceptAsync(Wire.Novita, "page");
        var drop = await Hub.AcceptAsync(Wire.Novita, "drop");

        using var answer = await Hub.PollAsync(Wire.Novita, page);
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        await Assert.ThrowsAsync<HttpRequestException>(() => Hub.PollAsync(Wire.Novita, drop));
    }

    [Fact]
    public async Task Queue_and_render_times_can_be_set_for_one_job()
    {
        Hub.Server.Faults.Add(FaultKind.QueueTime, "slow", seconds: 10);
        Hub.Server.Faults.Add(FaultKind.RenderTime, "slow", seconds: 100);
        await Hub.AcceptAsync(Wire.FalAi, "slow");
        await Hub.AcceptAsync(Wire.FalAi, "usual");

        Hub.Clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal([JobPhase.Queued, JobPhase.Done], Hub.Server.Jobs.All.Select(Hub.Server.Jobs.PhaseOf));
        Hub.Clock.Advance(TimeSpan.FromSeconds(100));
        Assert.Equal([JobPhase.Running, JobPhase.Done], Hub.Server.Jobs.All.Select(Hub.Server.Jobs.PhaseOf));
    }

    private static async Task<string> TextAsync(Task<HttpResponseMessage> sent)
    {
        using var answer = await sent;
        return await answer.Content.ReadAsStringAsync();
    }
}
