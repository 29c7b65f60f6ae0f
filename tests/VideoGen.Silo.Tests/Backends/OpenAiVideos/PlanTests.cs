using VideoGen.Grains.Backends;
using VideoGen.Grains.Media;

namespace VideoGen.Silo.Tests.Backends.OpenAiVideos;

public sealed class PlanTests
{
    [Fact]
    public async Task A_plan_says_what_will_be_sent_where_when_and_with_which_credential()
    {
        using var gpu = new GpuServer(("Token", "secret"));
        var order = GpuServer.Order() with { Model = "a/b" };

        var plan = (await gpu.PlannedAsync(order)).Plan;

        Assert.Equal(("gpu1", "a/b", gpu.Time.GetUtcNow()), (plan.Provider, plan.Model, plan.PlannedAt));
        Assert.Matches("^[0-9a-f]{64}$", plan.BodyHash!);
        Assert.Matches("^[0-9a-f]{12}$", plan.Credential!);
        Assert.Equal(plan, (await gpu.PlannedAsync(order)).Plan);
        Assert.NotEqual(plan.BodyHash, (await gpu.PlannedAsync(GpuServer.Order("another"))).Plan.BodyHash);
    }

    [Fact]
    public async Task An_open_server_needs_no_credential_and_gets_none_of_another_upstream()
    {
        using var gpu = new GpuServer(("HF_TOKEN", "hf_other"));
        gpu.Http.On("POST", GpuServer.Videos, 200, GpuServer.Queued);

        var planned = await gpu.PlannedAsync();
        await planned.Submit();

        Assert.Null(planned.Plan.Credential);
        Assert.All(gpu.Http.Sent, sent => Assert.DoesNotContain("authorization", sent.Headers.Keys));
    }

    [Theory]
    [InlineData("Authorization", "Basic dXNlcjpwYXNz")]
    [InlineData("X-Gateway", "a")]
    public async Task The_headers_of_a_proxy_are_sent_with_every_call(string name, string value)
    {
        using var gpu = new GpuServer(($"Headers:{name}", value));
        gpu.Http.On("POST", GpuServer.Videos, 200, GpuServer.Queued);
        gpu.Http.On("GET", GpuServer.Job, 200, GpuServer.Queued);
        gpu.Http.On("GET", GpuServer.Job + "/content", 404, "");
        gpu.Http.On("DELETE", GpuServer.Job, 200, "{}");

        await gpu.SubmitAsync();
        await gpu.PollAsync();
        await gpu.FetchAsync(GpuServer.RenderJob.ResultPath!);
        await gpu.Backend.CancelAsync(GpuServer.Order(), new RenderPlan(), GpuServer.RenderJob, CancellationToken.None);

        Assert.Equal(5, gpu.Http.Sent.Count);
        Assert.All(gpu.Http.Sent, sent => Assert.Equal(value, sent.Headers[name.ToLowerInvariant()]));
    }

    [Theory]
    [InlineData(200, """{"data":[{"id":"x"}]}""")]
    [InlineData(404, "<html>")]
    [InlineData(401, "")]
    [InlineData(500, "")]
    public async Task Any_answer_shows_that_the_server_is_there(int status, string body)
    {
        using var gpu = new GpuServer(GpuServer.Url, new ScriptedHttp());
        gpu.Http.On("GET", GpuServer.Url + "/v1/models", status, body);

        await gpu.PlannedAsync();
    }

    [Theory]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_proxy_without_its_server_makes_the_queue_wait(int status)
    {
        using var gpu = new GpuServer(GpuServer.Url, new ScriptedHttp());
        gpu.Http.On("GET", GpuServer.Url + "/v1/models", status, "<html>");

        AssertWaits(await gpu.PlanAsync());
    }

    [Theory]
    [InlineData(HttpRequestError.ConnectionError)]
    [InlineData(HttpRequestError.NameResolutionError)]
    [InlineData(HttpRequestError.ResponseEnded)]
    public async Task A_server_that_is_down_makes_its_queue_wait_and_gets_no_request(HttpRequestError error)
    {
        using var gpu = new GpuServer(GpuServer.Url, new ScriptedHttp());
        gpu.Http.On("GET", GpuServer.Url + "/v1/models",
            _ => throw new HttpRequestException(error), _ => ScriptedHttp.Answer(200, "{}"u8.ToArray()));

        AssertWaits(await gpu.PlanAsync());
        AssertWaits(await gpu.PlanAsync());
        Assert.Single(gpu.Http.Sent);

        gpu.Time.Advance(TimeSpan.FromSeconds(5));
        await gpu.PlannedAsync();
    }

    [Fact]
    public async Task Many_plans_ask_once_whether_the_server_is_there()
    {
        using var gpu = new GpuServer();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => gpu.PlannedAsync()));

        Assert.Single(gpu.Http.Sent);
    }

    [Fact]
    public async Task Without_the_picture_nothing_is_planned()
    {
        using var gpu = new GpuServer();
        await gpu.Store.DeleteAsync(MediaKind.Upload, "character_1.jpg", CancellationToken.None);

        var refused = Assert.IsType<PlanOutcome.Refused>(await gpu.PlanAsync());

        Assert.Equal(("image_missing", VerdictScope.Order), (refused.Error.Code, refused.Scope));
    }

    [Fact]
    public async Task A_picture_that_cannot_be_read_refuses_this_request_alone()
    {
        using var gpu = new GpuServer();
        gpu.Store.Put(MediaKind.Upload, "character_1.jpg", new byte[1000]);

        var refused = Assert.IsType<PlanOutcome.Refused>(await gpu.PlanAsync());

        Assert.Equal(("input_rejected", VerdictScope.Order), (refused.Error.Code, refused.Scope));
    }

    [Fact]
    public async Task A_store_that_cannot_be_reached_is_waited_for()
    {
        using var gpu = new GpuServer();
        gpu.Store.IsAway = true;

        Assert.Equal("provider_unavailable", Assert.IsType<PlanOutcome.Unavailable>(await gpu.PlanAsync()).Error.Code);
    }

    [Fact]
    public void The_settings_of_the_upstream_decide_what_a_repeat_costs()
    {
        using var gpu = new GpuServer();
        using var free = new GpuServer(("RepeatCostsMoney", "false"), ("MaxConcurrent", "2"));

        Assert.Equal(new BackendTraits(false, true, 1, "openai-videos"), gpu.Backend.Traits);
        Assert.Equal(new BackendTraits(false, false, 2, "openai-videos"), free.Backend.Traits);
    }

    private static void AssertWaits(PlanOutcome outcome)
    {
        var refused = Assert.IsType<PlanOutcome.Refused>(outcome);
        Assert.Equal(
            ("provider_unavailable", VerdictScope.Upstream, TimeSpan.FromSeconds(5)),
            (refused.Error.Code, refused.Scope, refused.RetryAfter));
        Assert.StartsWith("gpu1 ", refused.Error.Message, StringComparison.Ordinal);
    }
}
