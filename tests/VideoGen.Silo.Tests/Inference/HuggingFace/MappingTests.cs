using System.Text.Json;
using VideoGen.Grains.Ports;
using VideoGen.Silo.Inference.HuggingFace.Mapping;
using VideoGen.Silo.Inference.HuggingFace.Providers;

namespace VideoGen.Silo.Tests.Inference.HuggingFace;

public sealed class MappingTests
{
    private const string HubUrl = "https://huggingface.co/api/models/Wan-AI/Wan2.2-I2V-A14B?expand[]=inferenceProviderMapping";

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
    [InlineData("auto", "live:replicate:image-to-video live:wavespeed:image-text-to-video live:fal-ai:image-to-video", "wavespeed")]
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

        var (mapping, whyNot) = ProviderChoice.Of(mappings, "a/b", wanted);

        Assert.Equal(expected, mapping?.Provider);
        Assert.Equal(expected is null, whyNot is not null);
    }

    [Fact]
    public void Why_there_is_none_says_what_to_do()
    {
        var elsewhere = ProviderChoice.Of([new("fal-ai", new("x"), "image-to-video", "live")], "a/b", "wavespeed").WhyNot;
        var nowhere = ProviderChoice.Of([], "a/b", "auto").WhyNot;

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
        Assert.Equal(2, hub.Http.Sent.Count);
    }

    [Fact]
    public async Task A_clock_that_is_put_back_makes_no_mapping_last_longer()
    {
        using var hub = new Hub().ServesWan();
        await hub.PlanAsync();

        hub.Time.SetClock(TimeSpan.FromHours(-1));
        hub.Time.Advance(TimeSpan.FromMinutes(10.1));
        await hub.PlanAsync();

        Assert.Equal(2, hub.Http.Sent.Count);
    }

    [Fact]
    public async Task While_the_hub_is_out_of_order_its_last_word_counts()
    {
        using var hub = new Hub();
        hub.Http.On("GET", HubUrl,
            _ => ScriptedHttp.Answer(200, """{"inferenceProviderMapping":{"fal-ai":{"status":"live","providerId":"x","task":"image-to-video"}}}"""u8.ToArray()),
            _ => throw new HttpRequestException("no network"));
        await hub.PlanAsync();
        hub.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal("fal-ai", (await hub.PlanAsync()).Provider);
        Assert.Equal(2, hub.Http.Sent.Count);
    }

    [Theory]
    [InlineData(404, """{"error":"Repository not found"}""", "", "model_unavailable")]
    [InlineData(401, """{"error":"Invalid username or password."}""", "RepoNotFound", "model_unavailable")]
    [InlineData(403, """{"error":"gated"}""", "GatedRepo", "model_unavailable")]
    [InlineData(401, """{"error":"Invalid username or password."}""", "", "token_refused")]
    [InlineData(403, "", "", "permission_missing")]
    [InlineData(200, """{"id":"a/b"}""", "", "model_unavailable")]
    public async Task A_model_that_cannot_be_had_refuses_the_order_at_once(int status, string body, string errorCode, string code)
    {
        using var hub = new Hub();
        hub.Http.On("GET", HubUrl, status, body, ("X-Error-Code", errorCode));

        Assert.Equal(code, Assert.IsType<PlanOutcome.Refused>(
            await hub.Backend.PlanAsync(Hub.Order(), CancellationToken.None)).Error.Code);
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

    private static IReadOnlyList<ProviderMapping> Read(string json) =>
        ProviderMapping.ReadAll(JsonSerializer.Deserialize<JsonElement>(json));
}
