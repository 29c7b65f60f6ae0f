using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Silo.Tests.Backends.HuggingFace;

/// <summary>Two accounts at Hugging Face, and several models of one of them.</summary>
public sealed class TwoUpstreamsTests
{
    private const string Submit = "https://gateway.example/fal-ai/fal-ai/ltx?_subdomain=queue";

    private static readonly (string, string?)[] Settings =
    [
        ("VideoGen:Upstreams:team:Kind", "huggingface"), ("VideoGen:Upstreams:team:Token", "hf_team"),
        ("VideoGen:Upstreams:team:RouterUrl", "https://gateway.example"), ("VideoGen:Upstreams:team:BillTo", "the-team"),
        ("VideoGen:Upstreams:team:Headers:X-Gateway", "a"),
        ("VideoGen:Models:wan:Upstream", "huggingface"), ("VideoGen:Models:wan:Name", "Wan-AI/Wan2.2-I2V-A14B"),
        ("VideoGen:Models:ltx:Upstream", "team"), ("VideoGen:Models:ltx:Name", "Lightricks/LTX-Video"),
        ("VideoGen:DefaultModel", "wan"),
    ];

    [Fact]
    public async Task Each_upstream_is_called_with_its_own_address_token_and_model()
    {
        using var hub = Connect();
        hub.Http.On("POST", Submit, 200, Hub.FalAccepted);
        hub.Http.On("POST", Hub.FalSubmit, 200, Hub.FalAccepted);

        Assert.IsType<SubmitOutcome.Accepted>(await SubmitAsync(hub, "ltx"));
        Assert.IsType<SubmitOutcome.Accepted>(await SubmitAsync(hub, "wan"));

        var sent = hub.Http.Sent.Where(request => request.Method == "POST").ToList();
        Assert.Equal(["Bearer hf_team", "Bearer " + Hub.Token], sent.Select(request => request.Headers["authorization"]));
        Assert.Equal(("a", "the-team"), (sent[0].Headers["x-gateway"], sent[0].Headers["x-hf-bill-to"]));
        Assert.DoesNotContain("x-gateway", sent[1].Headers.Keys);
    }

    [Fact]
    public async Task A_job_is_followed_with_the_token_of_its_own_upstream_only()
    {
        using var hub = Connect();
        var backend = hub.Get<IVideoBackends>().Find("team")!;
        var plan = Assert.IsType<PlanOutcome.Planned>(
            await backend.PlanAsync(Hub.Order() with { Model = "Lightricks/LTX-Video" }, CancellationToken.None)).Plan;

        var elsewhere = await hub.Backend.PollAsync(Hub.Order(), plan, new RenderJob("1", "/s", "/r"), CancellationToken.None);

        var unavailable = Assert.IsType<PollOutcome.Unavailable>(elsewhere);
        Assert.Equal(GenerationErrorCode.BackendMissing, unavailable.Error.Code);
    }

    [Fact]
    public async Task What_is_known_about_a_model_follows_from_its_profile_at_the_provider_that_serves_it()
    {
        using var hub = Connect();
        var backends = hub.Get<IVideoBackends>();

        var wan = await hub.Backend.DescribeAsync("Wan-AI/Wan2.2-I2V-A14B", CancellationToken.None);
        var ltx = await backends.Find("team")!.DescribeAsync("Lightricks/LTX-Video", CancellationToken.None);

        Assert.True(wan.Traits is { HasProfile: true, Seed: true, NegativePrompt: true, Motion: false, Script: true });
        Assert.False(ltx.Traits!.HasProfile);
        Assert.Equal((null, null), (wan.Problem, ltx.Problem));
    }

    [Fact]
    public async Task A_message_names_the_setting_of_its_own_upstream()
    {
        using var hub = Connect();
        hub.Http.On("POST", Submit, 401, """{"error":"Invalid username or password."}""");

        var refused = Assert.IsType<SubmitOutcome.NotAccepted>(await SubmitAsync(hub, "ltx"));

        Assert.Contains("Set VideoGen:Upstreams:team:Token to a valid one.", refused.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_nobody_serves_says_so()
    {
        using var hub = new Hub(Settings);
        hub.Serves("replicate", "x", model: "Lightricks/LTX-Video");

        var report = await hub.Get<IVideoBackends>().Find("team")!.DescribeAsync("Lightricks/LTX-Video", CancellationToken.None);

        Assert.Null(report.Traits);
        Assert.Contains("No provider that this server knows", report.Problem, StringComparison.Ordinal);
    }

    private static Hub Connect() => new Hub(Settings).ServesWan().Serves("fal-ai", "fal-ai/ltx", model: "Lightricks/LTX-Video");

    private static async Task<SubmitOutcome> SubmitAsync(Hub hub, string id)
    {
        var backends = hub.Get<IVideoBackends>();
        var model = backends.FindModel(id)!;
        var planned = await backends.Of(model).PlanAsync(Hub.Order() with { Model = model.Name }, CancellationToken.None);
        return await Assert.IsType<PlanOutcome.Planned>(planned).Submit();
    }
}
