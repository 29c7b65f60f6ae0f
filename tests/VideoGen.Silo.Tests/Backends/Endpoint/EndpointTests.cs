using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Hosting;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Media;
using VideoGen.Silo.Backends.Endpoint;
using VideoGen.Silo.Backends.LocalRenders;
using VideoGen.Silo.Backends.Models;
using VideoGen.Silo.Backends.Pictures;
using VideoGen.Silo.Tests.Backends.Downloads;
using VideoGen.Silo.Tests.Backends.HuggingFace;

namespace VideoGen.Silo.Tests.Backends.Endpoint;

public sealed class EndpointTests
{
    private const string Url = "https://abc.us-east-1.aws.endpoints.huggingface.cloud/";
    private static readonly string Base64 = Convert.ToBase64String(Hub.Film);

    [Fact]
    public async Task An_order_has_the_picture_and_the_parameters_in_the_form_of_the_toolkit()
    {
        using var hub = Connect();
        hub.Http.On("POST", Url, _ => ScriptedHttp.Answer(200, Hub.Film, "video/mp4"));

        Assert.IsType<LocalRenderResult.Rendered>(await RenderAsync(hub, Hub.Order(script: "dance")));

        var sent = hub.Http.Sent[0];
        Assert.Equal("application/json", sent.Headers["content-type"]);
        Assert.Equal("600", sent.Headers["x-scale-up-timeout"]);
        Assert.Equal("Bearer " + Hub.Token, sent.Headers["authorization"]);
        Assert.DoesNotContain("accept", sent.Headers.Keys);
        AssertSame("""{"inputs":"/9j/++++","parameters":{"prompt":"dance","num_frames":81,"fps":16,"width":768,"height":768}}""", sent.Body);
    }

    [Fact]
    public async Task Stable_video_diffusion_gets_its_frames_and_no_script_that_it_would_fail_on()
    {
        using var hub = Connect(("VideoGen:HuggingFace:Model", "stabilityai/stable-video-diffusion-img2vid-xt"));
        hub.Http.On("POST", Url, _ => ScriptedHttp.Answer(200, Hub.Film, "application/octet-stream"));

        Assert.IsType<LocalRenderResult.Rendered>(await RenderAsync(hub));

        AssertSame("""{"inputs":"/9j/++++","parameters":{"num_frames":25,"fps":6}}""", hub.Http.Sent[0].Body);
    }

    [Fact]
    public async Task The_picture_alone_goes_out_as_it_is()
    {
        using var hub = Connect(("VideoGen:HuggingFace:EndpointBody", "image"));
        hub.Http.On("POST", Url, _ => ScriptedHttp.Answer(200, Hub.Film, "video/mp4"));

        Assert.IsType<LocalRenderResult.Rendered>(await RenderAsync(hub));

        Assert.Equal("image/jpeg", hub.Http.Sent[0].Headers["content-type"]);
        Assert.Equal([0xFF, 0xD8, 0xFF, 0xFB, 0xEF, 0xBE], hub.Http.Sent[0].Body);
    }

    [Theory]
    [InlineData("http://gpu.example/", false)]
    [InlineData("http://127.0.0.1:8000/", true)]
    [InlineData("https://gpu.example/", true)]
    public async Task The_token_does_not_travel_in_the_clear(string url, bool expected)
    {
        using var hub = Connect(("VideoGen:HuggingFace:EndpointUrl", url));
        hub.Http.On("POST", url, _ => ScriptedHttp.Answer(200, Hub.Film, "video/mp4"));

        Assert.IsType<LocalRenderResult.Rendered>(await RenderAsync(hub));

        Assert.Equal(expected, hub.Http.Sent[0].Headers.ContainsKey("authorization"));
    }

    [Theory]
    [InlineData("""{"video":"BASE64"}""")]
    [InlineData("""{"video":"data:video/mp4;base64,BASE64"}""")]
    [InlineData("""{"generated_video":"BASE64"}""")]
    [InlineData("""{"output":["BASE64"]}""")]
    [InlineData("""[{"video":"BASE64"}]""")]
    [InlineData("\"BASE64\"")]
    public async Task A_film_in_json_is_found(string answer)
    {
        using var hub = Connect();
        hub.Http.On("POST", Url, 200, answer.Replace("BASE64", Base64, StringComparison.Ordinal));

        Assert.IsType<LocalRenderResult.Rendered>(await RenderAsync(hub));
    }

    [Theory]
    [InlineData("video/mp4")]
    [InlineData("application/json")]
    public async Task An_answer_that_was_packed_without_being_asked_is_unpacked(string type)
    {
        using var hub = Connect();
        var answer = type is "video/mp4" ? Hub.Film : Encoding.UTF8.GetBytes($$"""{"video":"{{Base64}}"}""");
        hub.Http.On("POST", Url, _ => Packed.Answer(answer, type: type));

        Assert.IsType<LocalRenderResult.Rendered>(await RenderAsync(hub));
    }

    [Theory]
    [InlineData("video/mp4")]
    [InlineData("application/json")]
    public async Task A_packed_answer_is_unpacked_up_to_the_limit_and_no_further(string type)
    {
        using var hub = Connect(("VideoGen:HuggingFace:MaxResultBytes", "1000000"));
        var bomb = Packed.Bytes([.. Hub.Film, .. new byte[200_000_000]]);
        var body = new Packed.Body(bomb);
        hub.Http.On("POST", Url, _ => Packed.Answer(new StreamContent(body), type: type));

        Assert.Contains("larger", Assert.IsType<LocalRenderResult.Failed>(await RenderAsync(hub)).Error.Message,
            StringComparison.Ordinal);
        Assert.InRange(body.Taken, 1, bomb.Length / 2);
    }

    [Theory]
    [InlineData("video/mp4")]
    [InlineData("application/json")]
    public async Task A_packed_answer_that_cannot_be_unpacked_is_no_film(string type)
    {
        using var hub = Connect();
        hub.Http.On("POST", Url, _ => Packed.Answer(new ByteArrayContent([1, 2, 3, 4, 5, 6, 7, 8]), type: type));

        Assert.Equal("result_unusable", Assert.IsType<LocalRenderResult.Failed>(await RenderAsync(hub)).Error.Code);
    }

    [Theory]
    [InlineData("""{"video":{"url":"https://cdn.example/a.mp4"}}""")]
    [InlineData("""{"output":"https://cdn.example/a.mp4"}""")]
    public async Task A_film_behind_an_address_is_fetched_without_the_token(string answer)
    {
        using var hub = Connect();
        hub.Http.On("POST", Url, 200, answer);
        hub.Http.On("GET", "https://cdn.example/a.mp4", _ => ScriptedHttp.Answer(200, Hub.Film, "video/mp4"));

        Assert.IsType<LocalRenderResult.Rendered>(await RenderAsync(hub));

        Assert.DoesNotContain("authorization", hub.Http.Sent[1].Headers.Keys);
    }

    [Theory]
    [InlineData(200, "{}", "result_unusable")]
    [InlineData(200, """{"video":"no base64!"}""", "result_unusable")]
    [InlineData(200, """{"video":"AAAA"}""", "result_unusable")]
    [InlineData(200, """{"video":{"url":"http://10.0.0.1/a.mp4"}}""", "result_unusable")]
    [InlineData(200, "{", "result_unusable")]
    [InlineData(400, """{"error":"CUDA out of memory"}""", "provider_failed")]
    [InlineData(401, "", "token_refused")]
    [InlineData(403, "", "permission_missing")]
    [InlineData(404, "", "model_unavailable")]
    [InlineData(410, "", "model_unavailable")]
    [InlineData(413, "", "input_rejected")]
    [InlineData(500, "", "provider_failed")]
    public async Task What_time_does_not_heal_fails(int status, string body, string code)
    {
        using var hub = Connect();
        hub.Http.On("POST", Url, status, body);

        Assert.Equal(code, Assert.IsType<LocalRenderResult.Failed>(await RenderAsync(hub)).Error.Code);
    }

    [Theory]
    [InlineData(401, VerdictScope.Upstream)]
    [InlineData(402, VerdictScope.Upstream)]
    [InlineData(403, VerdictScope.Upstream)]
    [InlineData(404, VerdictScope.Upstream)]
    [InlineData(400, VerdictScope.Order)]
    [InlineData(422, VerdictScope.Order)]
    [InlineData(500, VerdictScope.Order)]
    public async Task A_refusal_of_everybody_reaches_the_one_who_polls_as_such(int status, VerdictScope scope)
    {
        using var hub = Connect();
        hub.Http.On("POST", Url, status, "");
        await using var running = await RunningAsync(hub);

        var failed = Assert.IsType<PollOutcome.Failed>(await OrderAsync(hub, Hub.Order()));

        Assert.Equal(scope, failed.Scope);
    }

    [Fact]
    public async Task A_store_that_cannot_be_reached_is_waited_for_at_every_step()
    {
        using var hub = Connect();
        var (backend, job) = (hub.Default, new RenderJob("1", Site: "gone"));
        hub.Store.IsAway = true;

        Assert.IsType<PlanOutcome.Unavailable>(await backend.PlanAsync(Hub.Order(), CancellationToken.None));
        Assert.IsType<PollOutcome.Unavailable>(await backend.PollAsync(Hub.Order(), new(), job, CancellationToken.None));
        Assert.IsType<FetchOutcome.Unavailable>(
            await backend.FetchAsync(Hub.Order(), new(), job, new(Hub.Order().OriginalName), CancellationToken.None));
    }

    [Fact]
    public async Task A_retry_after_a_time_out_is_a_call_of_its_own()
    {
        using var endpoint = new MuteHandler();
        using var hub = new Hub(endpoint, ("VideoGen:HuggingFace:EndpointUrl", Url));
        await using var running = await RunningAsync(hub);
        var first = OrderAsync(hub, Hub.Order());
        await endpoint.Called.WaitAsync(TimeSpan.FromSeconds(60));
        hub.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal("deadline_exceeded", Assert.IsType<PollOutcome.Failed>(await first).Error.Code);

        endpoint.Answer = Hub.Film;

        Assert.IsType<PollOutcome.Rendered>(await OrderAsync(hub, Hub.Order() with { Attempt = 2 }));
        Assert.Equal(2, endpoint.Calls);
    }

    [Theory]
    [InlineData(502, "<html>", null, 15)]
    [InlineData(503, "Service Unavailable", null, 15)]
    [InlineData(503, """{"error":"loading","estimated_time":42.0}""", null, 42)]
    [InlineData(503, "", "120", 120)]
    [InlineData(504, "", null, 15)]
    [InlineData(429, "", "3", 3)]
    public async Task A_cold_or_busy_endpoint_is_called_again(int status, string body, string? retryAfter, int seconds)
    {
        using var hub = Connect();
        hub.Http.On("POST", Url, status, body, [.. new[] { ("Retry-After", retryAfter!) }.Where(_ => retryAfter is not null)]);

        Assert.Equal(
            TimeSpan.FromSeconds(seconds), Assert.IsType<LocalRenderResult.Interrupted>(await RenderAsync(hub)).RetryAfter);
    }

    [Theory]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task An_uncertain_answer_is_not_repeated_where_a_repeat_costs_money(int status)
    {
        using var hub = new Hub([.. Paying]);
        hub.Http.On("POST", Url, status, "");

        var failed = Assert.IsType<LocalRenderResult.Failed>(await RenderAsync(hub));

        Assert.Equal(("outcome_unknown", true, VerdictScope.Order), (failed.Error.Code, failed.Error.Retryable, failed.Scope));
        Assert.Single(hub.Http.Sent);
    }

    [Fact]
    public async Task A_broken_connection_is_not_repeated_where_a_repeat_costs_money()
    {
        using var hub = new Hub([.. Paying]);
        hub.Http.On("POST", Url, _ => throw new HttpRequestException(HttpRequestError.ResponseEnded));

        Assert.Equal("outcome_unknown", Assert.IsType<LocalRenderResult.Failed>(await RenderAsync(hub)).Error.Code);
    }

    [Theory]
    [InlineData(true, "outcome_unknown", 1)]
    [InlineData(false, "provider_unavailable", 1)]
    public async Task A_video_that_cannot_be_stored_is_not_paid_for_again(bool costsMoney, string code, int calls)
    {
        using var hub = costsMoney ? new Hub([.. Paying]) : Connect();
        hub.Http.On("POST", Url, _ =>
        {
            hub.Store.IsAway = true;
            return ScriptedHttp.Answer(200, Hub.Film, "video/mp4");
        });
        await using var running = await RunningAsync(hub);

        var outcome = await OrderAsync(hub, Hub.Order());

        Assert.Equal(code, costsMoney
            ? Assert.IsType<PollOutcome.Failed>(outcome).Error.Code
            : Assert.IsType<PollOutcome.Unavailable>(outcome).Error.Code);
        Assert.Equal(calls, hub.Http.Sent.Count);
    }

    [Fact]
    public async Task The_headers_of_an_upstream_are_sent_and_its_own_token_only()
    {
        using var hub = new Hub([.. Paying, ("VideoGen:Upstreams:endpoint:Headers:X-Site", "a")]);
        hub.Http.On("POST", Url, _ => ScriptedHttp.Answer(200, Hub.Film, "video/mp4"));

        Assert.IsType<LocalRenderResult.Rendered>(await RenderAsync(hub));

        Assert.Equal("a", hub.Http.Sent[0].Headers["x-site"]);
        Assert.DoesNotContain("authorization", hub.Http.Sent[0].Headers.Keys);
    }

    [Fact]
    public async Task An_endpoint_that_is_not_there_pauses_its_queue()
    {
        using var hub = Connect();
        hub.Http.On("POST", Url, _ => throw new HttpRequestException(HttpRequestError.ConnectionError));

        var failed = Assert.IsType<LocalRenderResult.Failed>(await RenderAsync(hub));

        Assert.Equal(("provider_unavailable", VerdictScope.Upstream), (failed.Error.Code, failed.Scope));
    }

    [Fact]
    public async Task An_endpoint_that_never_answers_is_given_up()
    {
        using var mute = new MuteHandler();
        using var hub = new Hub(mute, ("VideoGen:HuggingFace:EndpointUrl", Url));

        var rendering = RenderAsync(hub);
        await mute.Called.WaitAsync(TimeSpan.FromSeconds(60));
        hub.Time.Advance(TimeSpan.FromMinutes(11));

        Assert.Equal("deadline_exceeded", Assert.IsType<LocalRenderResult.Failed>(await rendering).Error.Code);
    }

    [Fact]
    public async Task A_film_above_the_limit_is_refused()
    {
        using var hub = Connect(("VideoGen:HuggingFace:MaxResultBytes", "1000000"));
        hub.Http.On("POST", Url, _ => ScriptedHttp.Answer(200, [.. Hub.Film, .. new byte[1_000_000]], "video/mp4"));

        Assert.Equal("result_unusable", Assert.IsType<LocalRenderResult.Failed>(await RenderAsync(hub)).Error.Code);
    }

    [Fact]
    public async Task A_cold_start_is_waited_for_and_the_film_ends_up_in_the_store()
    {
        using var hub = Connect();
        hub.Http.On("POST", Url,
            _ => ScriptedHttp.Answer(503, """{"error":"loading","estimated_time":20}"""u8.ToArray()),
            _ => ScriptedHttp.Answer(200, Hub.Film, "video/mp4"));
        await using var running = await RunningAsync(hub);
        var backend = hub.Default;
        var order = Hub.Order();
        var planned = Assert.IsType<PlanOutcome.Planned>(await backend.PlanAsync(order, CancellationToken.None));
        var plan = planned.Plan;
        var job = Assert.IsType<SubmitOutcome.Accepted>(await planned.Submit()).Job;

        var cold = Assert.IsType<PollOutcome.Unavailable>(await UntilAsync<PollOutcome.Unavailable>(backend, order, plan, job));
        Assert.InRange(cold.RetryAfter!.Value.TotalSeconds, 19, 20);
        hub.Time.Advance(TimeSpan.FromSeconds(20));
        var rendered = Assert.IsType<PollOutcome.Rendered>(await UntilAsync<PollOutcome.Rendered>(backend, order, plan, job));
        var fetched = Assert.IsType<FetchOutcome.Stored>(
            await backend.FetchAsync(order, plan, job, rendered.Result, CancellationToken.None));

        Assert.Equal(("endpoint", false, false), (backend.Name, backend.Traits.IsPreview, backend.Traits.RepeatCostsMoney));
        Assert.Equal(Hub.Film.Length, fetched.Original.Bytes);
        Assert.Equal(Hub.Film, hub.Store.Get(MediaKind.Original, order.OriginalName));
    }

    private static async Task<IAsyncDisposable> RunningAsync(Hub hub)
    {
        var runner = hub.Get<IEnumerable<IHostedService>>().OfType<LocalRenderRunner>().Single();
        await runner.StartAsync(CancellationToken.None);
        return new Running(runner);
    }

    /// <summary>Plans, submits and polls, until there is something else to say than that it runs.</summary>
    private static async Task<PollOutcome> OrderAsync(Hub hub, RenderRequest order)
    {
        var backend = hub.Default;
        var planned = Assert.IsType<PlanOutcome.Planned>(await backend.PlanAsync(order, CancellationToken.None));
        var job = Assert.IsType<SubmitOutcome.Accepted>(await planned.Submit()).Job;
        return await UntilAsync<PollOutcome.Rendered>(backend, order, planned.Plan, job);
    }

    private static async Task<PollOutcome> UntilAsync<T>(IVideoBackend backend, RenderRequest order, RenderPlan plan,
        RenderJob job)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var poll = await backend.PollAsync(order, plan, job, patience.Token);
        while (poll is PollOutcome.Running and not T)
        {
            poll = await backend.PollAsync(order, plan, job, patience.Token);
        }

        return poll;
    }

    private static IEnumerable<(string, string?)> Paying =>
    [
        ("VideoGen:Upstreams:endpoint:Kind", "endpoint"), ("VideoGen:Upstreams:endpoint:Url", Url),
        ("VideoGen:Upstreams:endpoint:RepeatCostsMoney", "true"),
        ("VideoGen:Models:svd:Upstream", "endpoint"), ("VideoGen:Models:svd:Name", "stabilityai/svd"),
    ];

    private static Hub Connect(params (string, string?)[] settings) =>
        new([("VideoGen:HuggingFace:EndpointUrl", Url), .. settings]);

    private static async Task<LocalRenderResult> RenderAsync(Hub hub, RenderRequest? order = null)
    {
        using var target = hub.Store.CreateScratch(".mp4");
        var (upstream, model) = (hub.Upstream("endpoint"), hub.Get<IVideoBackends>().Default.Name!);
        var picture = await hub.Store.ReadAsync(Hub.Order(), CancellationToken.None);
        var result = await hub.Get<EndpointCall>().RenderAsync(
            upstream,
            EndpointRequest.Make(order ?? Hub.Order(), model, picture!, upstream.IsPictureOnly, ModelProfiles.Load()), target,
            CancellationToken.None);
        if (result is LocalRenderResult.Rendered)
        {
            Assert.Equal(Hub.Film, await File.ReadAllBytesAsync(target.Path));
        }

        return result;
    }

    private static void AssertSame(string expected, byte[] sent) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(sent)), Encoding.UTF8.GetString(sent));

    private sealed class Running(LocalRenderRunner runner) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await runner.StopAsync(CancellationToken.None);
    }

    private sealed class MuteHandler : HttpMessageHandler
    {
        private readonly TaskCompletionSource _called = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Called => _called.Task;

        public byte[]? Answer { get; set; }

        public int Calls { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Calls++;
            if (Answer is { } film)
            {
                return ScriptedHttp.Answer(200, film, "video/mp4");
            }

            var never = Task.Delay(Timeout.Infinite, cancellationToken);
            _called.TrySetResult();
            await never;
            throw new NotSupportedException();
        }
    }
}
