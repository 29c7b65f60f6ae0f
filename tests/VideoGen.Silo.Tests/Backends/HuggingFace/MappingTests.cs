using System.Text.Json;
using VideoGen.Grains.Backends;
using VideoGen.Silo.Backends.HuggingFace.Mapping;
using VideoGen.Silo.Backends.HuggingFace.Providers;
using VideoGen.Silo.Backends.Settings;

namespace VideoGen.Silo.Tests.Backends.HuggingFace;

public sealed class MappingTests
{
    private const string HubUrl = "https://huggingface.co/api/models/Wan-AI/Wan2.2-I2V-A14B?expand[]=inferenceProviderMapping";

    private static byte[] Wan => [..
        """{"inferenceProviderMapping":{"fal-ai":{"status":"live","providerId":"x","task":"image-to-video"}}}"""u8];

    [Fact]
    public void Object_and_list_form_say_the_same()
    {
        var map = Read("""
            {"inferenceProviderMapping":{
                "wavespeed":{"status":"live","providerId":"w/1","task":"image-to-video","isModelAuthor":false},
                "fal-ai":{"status":"error","providerId":"f/2","task":"image-text-to-video"}}}
            """);
        var list = Read("""
            {"inferenceProviderMapping":[
                {"provider":"wavespeed","providerId":"w/1","hfModelId":"a/b","status":"live","task":"image-to-video","type":"single-model"},
                {"provider":"fal-ai","providerId":"f/2","status":"error","task":"image-text-to-video"}]}
            """);

        Assert.Equal([new("wavespeed", new("w/1"), "image-to-video", "live"), new(
            "fal-ai", new("f/2"), "image-text-to-video", "error")], map);
        Assert.Equal(map, list);
    }

    [Theory]
    [InlineData("""{"id":"stabilityai/stable-video-diffusion-img2vid-xt"}""")]
    [InlineData("""{"inferenceProviderMapping":{}}""")]
    [InlineData("""{"inferenceProviderMapping":null}""")]
    [InlineData("""{"inferenceProviderMapping":[{"provider":"fal-ai"},7,"x"]}""")]
    public void A_model_that_nobody_serves_has_no_mapping(string body) => Assert.Empty(Read(body));

    [Theory]
    [InlineData("auto", "live:fal-ai:image-to-video", "fal-ai")]
    [InlineData("auto", "live:replicate:image-to-video live:wavespeed:image-text-to-video live:fal-ai:image-to-video",
        "wavespeed")]
    [InlineData("auto", "error:fal-ai:image-to-video live:wavespeed:image-to-video", "wavespeed")]
    [InlineData("auto", "error:fal-ai:image-to-video", "fal-ai")]
    [InlineData("auto", "staging:fal-ai:image-to-video", null)]
    [InlineData("auto", "live:fal-ai:text-to-video", null)]
    [InlineData("auto", "live:novita:image-text-to-video", null)]
    [InlineData("auto", "live:together:image-text-to-video", null)]
    [InlineData("wavespeed", "live:fal-ai:image-to-video live:wavespeed:image-to-video", "wavespeed")]
    [InlineData("fal-ai", "staging:fal-ai:image-to-video", "fal-ai")]
    [InlineData("wavespeed", "live:fal-ai:image-to-video", null)]
    public void The_first_usable_provider_is_chosen_or_the_one_asked_for(string wanted, string served, string? expected)
    {
        var mappings = served.Split(' ').Select(text => text.Split(':'))
            .Select(parts => new ProviderMapping(parts[1], new ProviderModel("x"), parts[2], parts[0])).ToList();

        var (mapping, whyNot) = ProviderChoice.Of(mappings, "a/b", wanted, UpstreamKeys.Old);

        Assert.Equal(expected, mapping?.Provider);
        Assert.Equal(expected is null, whyNot is not null);
    }

    [Fact]
    public void Why_there_is_none_says_what_to_do()
    {
        var elsewhere = ProviderChoice.Of(
            [new("fal-ai", new("x"), "image-to-video", "live")], "a/b", "wavespeed", UpstreamKeys.Old).WhyNot;
        var nowhere = ProviderChoice.Of([], "a/b", "auto", UpstreamKeys.Old).WhyNot;

        Assert.Equal("wavespeed does not make videos with a/b, but fal-ai does: set VideoGen:HuggingFace:Provider to auto or to one of them.", elsewhere);
        Assert.Contains("VideoGen:HuggingFace:EndpointUrl", nowhere, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mapping_is_asked_for_once_in_ten_minutes()
    {
        using var hub = new Hub().ServesWan();

        await hub.PlanAsync();
        hub.Time.Advance(TimeSpan.FromMinutes(9.9));
        await hub.PlanAsync();
        Assert.Single(hub.Http.Sent);

        hub.Time.Advance(TimeSpan.FromMinutes(0.2));
        await hub.PlanAsync();
        await AskedAsync(hub);
        Assert.Equal(2, hub.Http.Sent.Count);
    }

    [Fact]
    public async Task While_the_hub_is_out_of_order_its_last_word_counts()
    {
        using var hub = new Hub();
        hub.Http.On("GET", HubUrl,
            _ => ScriptedHttp.Answer(200, Wan),
            _ => throw new HttpRequestException("no network"));
        await hub.PlanAsync();
        hub.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal("fal-ai", (await hub.PlanAsync()).Provider);
        await AskedAsync(hub);
        Assert.Equal("fal-ai", (await hub.PlanAsync()).Provider);
        Assert.Equal(2, hub.Http.Sent.Count);
    }

    [Fact]
    public async Task While_the_hub_hangs_nobody_waits_for_it_and_it_is_asked_once()
    {
        using var network = new HangingHub();
        using var hub = new Hub(network);
        await hub.PlanAsync();
        hub.Time.Advance(TimeSpan.FromHours(1));

        for (var order = 0; order < 20; order++)
        {
            Assert.Equal("fal-ai", (await hub.PlanAsync().WaitAsync(TimeSpan.FromSeconds(60))).Provider);
        }

        await network.Hanging.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(2, network.Asked);
    }

    [Theory]
    [InlineData(200, """{"id":"Wan-AI/Wan2.2-I2V-A14B"}""", VerdictScope.Model)]
    [InlineData(404, """{"error":"Repository not found"}""", VerdictScope.Model)]
    [InlineData(401, """{"error":"Invalid username or password."}""", VerdictScope.Upstream)]
    public async Task A_mapping_that_is_gone_is_believed_when_the_hub_said_so_three_times(
        int status, string body, VerdictScope scope)
    {
        using var hub = new Hub();
        hub.Http.On("GET", HubUrl,
            _ => ScriptedHttp.Answer(200, Wan),
            _ => ScriptedHttp.Answer(status, System.Text.Encoding.UTF8.GetBytes(body)));
        await hub.PlanAsync();
        hub.Time.Advance(TimeSpan.FromHours(1));

        for (var answer = 0; answer < 3; answer++)
        {
            Assert.Equal("fal-ai", (await hub.PlanAsync()).Provider);
            await AskedAsync(hub);
            hub.Time.Advance(TimeSpan.FromSeconds(11));
        }

        Assert.Equal(scope, Assert.IsType<PlanOutcome.Refused>(
            await hub.Backend.PlanAsync(Hub.Order(), CancellationToken.None)).Scope);
    }

    [Fact]
    public async Task One_empty_answer_takes_nothing_away()
    {
        using var hub = new Hub();
        hub.Http.On("GET", HubUrl,
            _ => ScriptedHttp.Answer(200, Wan),
            _ => ScriptedHttp.Answer(200, "{}"u8.ToArray()),
            _ => ScriptedHttp.Answer(200, Wan));
        await hub.PlanAsync();

        foreach (var pause in new[] { 3600, 11, 11, 11 })
        {
            hub.Time.Advance(TimeSpan.FromSeconds(pause));
            Assert.Equal("fal-ai", (await hub.PlanAsync()).Provider);
            await AskedAsync(hub);
        }

        Assert.Equal(3, hub.Http.Sent.Count);
    }

    [Fact]
    public async Task Nobody_serves_the_model_pauses_the_model_and_it_is_asked_for_again_soon()
    {
        using var hub = new Hub();
        hub.Http.On("GET", HubUrl, _ => ScriptedHttp.Answer(200, "{}"u8.ToArray()), _ => ScriptedHttp.Answer(200, Wan));

        var refused = Assert.IsType<PlanOutcome.Refused>(await hub.Backend.PlanAsync(Hub.Order(), CancellationToken.None));
        hub.Time.Advance(TimeSpan.FromSeconds(11));

        Assert.Equal(("model_unavailable", VerdictScope.Model), (refused.Error.Code, refused.Scope));
        Assert.Equal("fal-ai", (await hub.PlanAsync()).Provider);
    }

    [Theory]
    [InlineData(404, """{"error":"Repository not found"}""", "", "model_unavailable", VerdictScope.Model)]
    [InlineData(401, """{"error":"Invalid username or password."}""", "RepoNotFound", "model_unavailable", VerdictScope.Model)]
    [InlineData(403, """{"error":"gated"}""", "GatedRepo", "model_unavailable", VerdictScope.Model)]
    [InlineData(401, """{"error":"Invalid username or password."}""", "", "token_refused", VerdictScope.Upstream)]
    [InlineData(403, """{"error":"no"}""", "", "permission_missing", VerdictScope.Upstream)]
    [InlineData(403, "<html>", "", "provider_unavailable", VerdictScope.Upstream)]
    [InlineData(200, """{"id":"a/b"}""", "", "model_unavailable", VerdictScope.Model)]
    public async Task A_model_that_cannot_be_had_refuses_at_once_and_says_about_whom_that_is(
        int status, string body, string errorCode, string code, VerdictScope scope)
    {
        using var hub = new Hub();
        hub.Http.On("GET", HubUrl, status, body, ("X-Error-Code", errorCode));

        var refused = Assert.IsType<PlanOutcome.Refused>(await hub.Backend.PlanAsync(Hub.Order(), CancellationToken.None));
        Assert.Equal((code, scope), (refused.Error.Code, refused.Scope));
    }

    [Fact]
    public async Task A_limit_of_the_hub_is_waited_for()
    {
        using var hub = new Hub();
        hub.Http.On("GET", HubUrl, 429, "", ("RateLimit", "\"api\";r=0;t=55"));

        var outcome = Assert.IsType<PlanOutcome.Unavailable>(await hub.Backend.PlanAsync(Hub.Order(), CancellationToken.None));

        Assert.Equal(("rate_limited", TimeSpan.FromSeconds(56)), (outcome.Error.Code, outcome.RetryAfter!.Value));
    }

    [Fact]
    public async Task The_key_of_a_gateway_is_not_shown_to_the_hub()
    {
        using var hub = new Hub(("HF_TOKEN", "sk-gateway")).ServesWan();

        await hub.PlanAsync();

        Assert.DoesNotContain("authorization", hub.Http.Sent[0].Headers.Keys);
    }

    private static Task AskedAsync(Hub hub) => hub.Mapping.Asking.WaitAsync(TimeSpan.FromSeconds(60));

    /// <summary>Answers once, and then lets everybody wait.</summary>
    private sealed class HangingHub : HttpMessageHandler
    {
        private readonly TaskCompletionSource _hanging = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _asked;

        public Task Hanging => _hanging.Task;

        public int Asked => Volatile.Read(ref _asked);

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref _asked) > 1)
            {
                _hanging.TrySetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            return ScriptedHttp.Answer(200, Wan);
        }
    }

    private static IReadOnlyList<ProviderMapping> Read(string json) =>
        ProviderMapping.ReadAll(JsonSerializer.Deserialize<JsonElement>(json));
}
