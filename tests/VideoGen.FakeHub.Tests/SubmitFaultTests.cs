using System.Net;
using VideoGen.FakeHub.Faults;
using VideoGen.FakeHub.Requests;

namespace VideoGen.FakeHub.Tests;

public sealed class SubmitFaultTests(TestHub hub) : HubTest(hub)
{
    public static TheoryData<string> Providers => Wire.Providers;

    [Theory, MemberData(nameof(Providers))]
    public async Task A_dropped_submit_can_have_been_accepted(string provider)
    {
        Hub.Server.Faults.Add(FaultKind.AcceptThenDrop, "a cat");
        await Hub.AcceptAsync(Wire.Of(provider), "a first request, so that the connection is an old one");

        await Assert.ThrowsAsync<HttpRequestException>(() => Hub.SubmitAsync(Wire.Of(provider), "a cat"));

        Assert.Equal(new SubmitCount(1, 1), Hub.Server.Submits.Count("a cat"));
        Assert.Equal(2, Hub.Server.Jobs.InFlight(provider));
    }

    [Fact]
    public async Task A_dropped_submit_can_have_been_lost()
    {
        Hub.Server.Faults.Add(FaultKind.DropBeforeAccept, "a cat");

        await Assert.ThrowsAsync<HttpRequestException>(() => Hub.SubmitAsync(Wire.FalAi, "a cat"));

        Assert.Equal(new SubmitCount(1, 0), Hub.Server.Submits.Count("a cat"));
        Assert.Null(Assert.Single(Hub.Server.Requests.All).Status);
    }

    [Fact]
    public async Task An_accepted_submit_can_be_answered_with_an_error()
    {
        Hub.Server.Faults.Add(FaultKind.AcceptThenError, "a cat");

        using var answer = await Hub.SubmitAsync(Wire.FalAi, "a cat");

        Assert.Equal(HttpStatusCode.GatewayTimeout, answer.StatusCode);
        Assert.Equal(new SubmitCount(1, 1), Hub.Server.Submits.Count("a cat"));
    }

    [Fact]
    public async Task An_accepted_submit_can_be_answered_as_if_it_were_refused_but_for_its_number()
    {
        Hub.Server.Faults.Add(FaultKind.AcceptThenError, "a cat", status: 429);

        using var answer = await Hub.SubmitAsync(Wire.FalAi, "a cat");

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal(Assert.Single(Hub.Server.Jobs.For("a cat")).Id, Assert.Single(answer.Headers.GetValues("x-fal-request-id")));
    }

    [Theory]
    [InlineData(FaultKind.LockAccount, null, "Exhausted balance")]
    [InlineData(FaultKind.HtmlOnSubmit, 403, "<html>")]
    public async Task A_submit_can_be_refused_by_the_account_or_by_a_firewall(FaultKind fault, int? status, string says)
    {
        Hub.Server.Faults.Add(fault, "a cat", next: 1, status: status);

        using var answer = await Hub.SubmitAsync(Wire.FalAi, "a cat");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains(says, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(new SubmitCount(1, 0), Hub.Server.Submits.Count("a cat"));
    }

    [Fact]
    public async Task An_accepted_submit_can_be_answered_late()
    {
        Hub.Server.Faults.Add(FaultKind.AcceptThenStall, "a cat", seconds: 90);

        var submit = Hub.SubmitAsync(Wire.FalAi, "a cat");
        await Eventually.TrueAsync(() => Hub.Server.Submits.Count("a cat").Accepted == 1);
        Assert.False(submit.IsCompleted);

        await Eventually.TrueAsync(() =>
        {
            Hub.Clock.Advance(TimeSpan.FromSeconds(90));
            return submit.IsCompleted;
        });
        using var answer = await submit;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_loading_model_says_how_long_it_will_take()
    {
        Hub.Server.Faults.Add(FaultKind.Loading, "a cat", seconds: 42.5);

        using var answer = await Hub.SubmitAsync(Wire.FalAi, "a cat");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(42.5, (double)(await TestHub.ReadAsync(answer))["estimated_time"]!);
        Assert.Equal(new SubmitCount(1, 0), Hub.Server.Submits.Count("a cat"));
    }

    [Fact]
    public async Task A_rate_limit_says_when_to_come_back()
    {
        Hub.Server.Faults.Add(FaultKind.Refuse, "a cat", seconds: 7);

        using var answer = await Hub.SubmitAsync(Wire.WaveSpeed, "a cat");

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(7), answer.Headers.RetryAfter!.Delta);
        Assert.Equal("\"api\";r=0;t=7", Assert.Single(answer.Headers.GetValues("RateLimit")));
    }

    [Theory]
    [InlineData(401, "Invalid username or password")]
    [InlineData(402, "depleted your monthly included credits")]
    [InlineData(403, "does not have sufficient permissions")]
    [InlineData(413, "Entity Too Large")]
    [InlineData(422, "Field required")]
    [InlineData(502, "Bad Gateway")]
    [InlineData(503, "Service Unavailable")]
    public async Task A_refusal_has_the_body_that_is_known_for_its_status(int status, string words)
    {
        Hub.Server.Faults.Add(FaultKind.Refuse, "a cat", status: status);

        using var answer = await Hub.SubmitAsync(Wire.Together, "a cat");

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(words, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(new SubmitCount(1, 0), Hub.Server.Submits.Count("a cat"));
    }

    [Fact]
    public async Task A_gateway_can_answer_with_a_page_and_200()
    {
        Hub.Server.Faults.Add(FaultKind.HtmlOnSubmit, "a cat");

        using var answer = await Hub.SubmitAsync(Wire.Novita, "a cat");

        Assert.Equal((HttpStatusCode.OK, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public async Task A_fault_strikes_the_next_submits_that_fit_and_no_others()
    {
        Hub.Server.Faults.Add(new FaultRule(FaultKind.Refuse, new("cat", "fal-ai", Next: 2)) { Status = 402 });

        var statuses = new List<int>();
        foreach (var (wire, prompt) in new[]
        {
            (Wire.FalAi, "dog"), (Wire.WaveSpeed, "cat"), (Wire.FalAi, "cat"), (Wire.FalAi, "a cat"), (Wire.FalAi, "cat"),
        })
        {
            using var answer = await Hub.SubmitAsync(wire, prompt);
            statuses.Add((int)answer.StatusCode);
        }

        Assert.Equal([200, 200, 402, 402, 200], statuses);
        Assert.Empty(Hub.Server.Faults.Rules);
    }

    [Theory]
    [InlineData(null, 401)]
    [InlineData("hf_invalid", 401)]
    [InlineData("hf_broke", 402)]
    [InlineData("hf_readonly", 403)]
    public async Task A_bad_token_is_turned_away(string? token, int status)
    {
        Hub.Http.DefaultRequestHeaders.Authorization = token is null ? null : new("Bearer", token);

        using var answer = await Hub.SubmitAsync(Wire.FalAi, "a cat");

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Empty(Hub.Server.Jobs.All);
    }
}
