using System.Net;
using System.Text.Json.Nodes;

namespace VideoGen.FakeHub.Tests;

public sealed class ProviderTests(TestHub hub) : HubTest(hub)
{
    public static TheoryData<string> Providers => Wire.Providers;

    [Theory, MemberData(nameof(Providers))]
    public async Task A_job_waits_renders_and_hands_out_a_film(string provider)
    {
        var wire = Wire.Of(provider);

        var id = await Hub.AcceptAsync(wire, "a cat");
        Assert.Equal(wire.Words[0], await Hub.WordAsync(wire, id));
        Hub.Clock.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal(wire.Words[1], await Hub.WordAsync(wire, id));
        Hub.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(wire.Words[2], await Hub.WordAsync(wire, id));

        using var result = await Hub.Http.GetAsync(wire.Result(id));
        using var stranger = new HttpClient();
        using var film = await stranger.GetAsync(wire.FilmIn(await TestHub.ReadAsync(result)));
        Assert.Equal("video/mp4", film.Content.Headers.ContentType!.MediaType);
        Assert.Equal("ftyp"u8.ToArray(), (await film.Content.ReadAsByteArrayAsync())[4..8]);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_job_keeps_the_prompt_and_what_the_picture_was(string provider)
    {
        await Hub.AcceptAsync(Wire.Of(provider), "a cat in a hat");

        var order = Assert.Single(Hub.Server.Jobs.For("a cat in a hat")).Order;
        Assert.Equal("22422969fd95e8b7", order.Image!.Sha256![..16]);
        Assert.Equal((79, "image/png", "image/png"), (order.Image.Bytes, order.Image.DeclaredType, order.Image.Type));
        Assert.DoesNotContain("iVBORw0KGgo", order.Parameters.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_picture_that_is_none_makes_the_job_fail(string provider)
    {
        var wire = Wire.Of(provider);
        var text = wire.Body("a cat").ToJsonString();
        var body = JsonNode.Parse(text.Replace(Wire.Image, "data:image/png;base64,aGVsbG8=", StringComparison.Ordinal));
        using var answer = await Hub.SendAsync(wire.Submit, body!);
        var id = wire.IdIn(await TestHub.ReadAsync(answer));

        Hub.Server.Jobs.Finish(id);

        Assert.Equal(wire.Words[3], await Hub.WordAsync(wire, id));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_model_that_is_not_mapped_is_refused(string provider)
    {
        Hub.Server.Models.Remove("Wan-AI/Wan2.2-I2V-A14B");
        Hub.Server.Models.Remove("MiniMaxAI/MiniMax-H3");

        using var answer = await Hub.SubmitAsync(Wire.Of(provider), "a cat");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal($"Model not supported by provider {provider}", (string?)(await TestHub.ReadAsync(answer))["error"]);
    }

    [Fact]
    public async Task Fal_says_202_until_the_job_is_done_and_then_200()
    {
        var id = await Hub.AcceptAsync(Wire.FalAi, "a cat");

        using var queued = await Hub.PollAsync(Wire.FalAi, id);
        Assert.Equal(HttpStatusCode.Accepted, queued.StatusCode);
        Hub.Server.Jobs.Finish(id);
        using var done = await Hub.PollAsync(Wire.FalAi, id);
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
    }

    [Fact]
    public async Task Fal_knows_a_job_only_under_owner_and_app_and_only_in_the_queue()
    {
        var id = await Hub.AcceptAsync(Wire.FalAi, "a cat");

        using var submitPath = await Hub.Http.GetAsync(
            $"/router/fal-ai/fal-ai/wan/v2.2-a14b/image-to-video/requests/{id}/status?_subdomain=queue");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, submitPath.StatusCode);
        using var otherApp = await Hub.Http.GetAsync($"/router/fal-ai/fal-ai/ltxv/requests/{id}/status?_subdomain=queue");
        Assert.Equal(HttpStatusCode.NotFound, otherApp.StatusCode);
        using var noQueue = await Hub.Http.GetAsync($"/router/fal-ai/fal-ai/wan/requests/{id}/status");
        Assert.Equal(HttpStatusCode.NotFound, noQueue.StatusCode);
    }

    [Fact]
    public async Task Fal_stops_a_job_when_told_to_and_says_499_to_the_result_request()
    {
        var id = await Hub.AcceptAsync(Wire.FalAi, "a cat");
        var cancel = $"/router/fal-ai/fal-ai/wan/requests/{id}/cancel?_subdomain=queue";

        using var first = await Hub.Http.PutAsync(cancel, null);
        Assert.Equal("CANCELLATION_REQUESTED", (string?)(await TestHub.ReadAsync(first))["status"]);
        using var second = await Hub.Http.PutAsync(cancel, null);
        Assert.Equal("ALREADY_COMPLETED", (string?)(await TestHub.ReadAsync(second))["status"]);

        using var result = await Hub.Http.GetAsync(Wire.FalAi.Result(id));
        Assert.Equal(499, (int)result.StatusCode);
        Assert.Equal(0, Hub.Server.Jobs.InFlight());
    }

    [Fact]
    public async Task Together_refuses_a_picture_of_more_than_60_KB()
    {
        var body = Wire.Together.Body("a cat");
        body["frame_images"]![0]!["input_image"] = Wire.Image + new string('A', 61_440);

        using var answer = await Hub.SendAsync(Wire.Together.Submit, body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }
}
