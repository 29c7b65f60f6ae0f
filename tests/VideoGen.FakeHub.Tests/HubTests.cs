using System.Net;
using System.Text.Json.Nodes;
using VideoGen.FakeHub.Faults;

namespace VideoGen.FakeHub.Tests;

public sealed class HubTests(TestHub hub) : HubTest(hub)
{
    private const string Wan = "Wan-AI/Wan2.2-I2V-A14B";

    [Theory]
    [InlineData("expand[]")]
    [InlineData("expand")]
    public async Task A_model_tells_who_serves_it(string expand)
    {
        using var answer = await Hub.Http.GetAsync($"/api/models/{Wan}?{expand}=inferenceProviderMapping");

        var mapping = (await TestHub.ReadAsync(answer))["inferenceProviderMapping"]!;
        Assert.Equal("fal-ai/wan/v2.2-a14b/image-to-video", (string?)mapping["fal-ai"]!["providerId"]);
        Assert.Equal(["fal-ai", "wavespeed", "together"], mapping.AsObject().Select(entry => entry.Key));
    }

    [Fact]
    public async Task A_model_that_nobody_serves_has_no_mapping()
    {
        using var answer = await Hub.Http.GetAsync(
            "/api/models/stabilityai/stable-video-diffusion-img2vid-xt?expand[]=inferenceProviderMapping");

        Assert.Equal(["_id", "id"], (await TestHub.ReadAsync(answer)).AsObject().Select(entry => entry.Key));
    }

    [Fact]
    public async Task A_model_that_is_not_there_is_a_404_with_a_code()
    {
        using var answer = await Hub.Http.GetAsync("/api/models/x/gone?expand[]=inferenceProviderMapping");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("RepoNotFound", Assert.Single(answer.Headers.GetValues("X-Error-Code")));
    }

    [Fact]
    public async Task A_mapping_can_be_changed_and_can_fail()
    {
        Hub.Server.Models.Set("x/new", JsonNode.Parse("""[{"provider":"novita","providerId":"New","task":"image-to-video"}]"""));
        Hub.Server.Faults.Add(new FaultRule(FaultKind.MappingError, new(Model: Wan, Next: 1)) { Status = 503 });

        using var changed = await Hub.Http.GetAsync("/api/models/x/new?expand=inferenceProviderMapping");
        Assert.Equal("New", (string?)(await TestHub.ReadAsync(changed))["inferenceProviderMapping"]![0]!["providerId"]);
        using var broken = await Hub.Http.GetAsync($"/api/models/{Wan}");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, broken.StatusCode);
        using var mended = await Hub.Http.GetAsync($"/api/models/{Wan}");
        Assert.Equal(HttpStatusCode.OK, mended.StatusCode);
    }

    [Fact]
    public async Task A_mapping_can_be_empty_for_a_moment()
    {
        Hub.Server.Faults.Add(new FaultRule(FaultKind.EmptyMapping, new(Next: 1)));
        const string question = $"/api/models/{Wan}?expand[]=inferenceProviderMapping";

        using var empty = await Hub.Http.GetAsync(question);
        Assert.Null((await TestHub.ReadAsync(empty))["inferenceProviderMapping"]);
        using var whole = await Hub.Http.GetAsync(question);
        Assert.NotNull((await TestHub.ReadAsync(whole))["inferenceProviderMapping"]);
    }

    [Theory]
    [InlineData("hf_test", 200)]
    [InlineData("hf_invalid", 401)]
    public async Task A_token_can_be_asked_about(string token, int status)
    {
        Hub.Http.DefaultRequestHeaders.Authorization = new("Bearer", token);

        using var answer = await Hub.Http.GetAsync("/api/whoami-v2");

        Assert.Equal(status, (int)answer.StatusCode);
    }
}
