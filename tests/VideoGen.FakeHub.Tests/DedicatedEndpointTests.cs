using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using VideoGen.FakeHub.Faults;

namespace VideoGen.FakeHub.Tests;

public sealed class DedicatedEndpointTests(TestHub hub) : HubTest(hub)
{
    private static JsonObject Body(string prompt) => new()
    {
        ["inputs"] = Wire.Image.Split(',')[1],
        ["parameters"] = new JsonObject { ["prompt"] = prompt, ["num_frames"] = 25 },
    };

    [Fact]
    public async Task The_call_lasts_as_long_as_the_render_and_answers_with_the_film()
    {
        var call = Hub.SendAsync("/endpoint", Body("a cat"));
        await Eventually.TrueAsync(() => Hub.Server.Jobs.InFlight("endpoint") == 1);
        Assert.False(call.IsCompleted);

        using var answer = await PassAsync(call);
        Assert.Equal("video/mp4", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(0, Hub.Server.Jobs.InFlight("endpoint"));
    }

    [Theory]
    [InlineData(EndpointAnswer.Base64)]
    [InlineData(EndpointAnswer.Link)]
    public async Task The_film_can_be_inside_json_or_behind_a_link(EndpointAnswer form)
    {
        Hub.Server.Settings.Current = new() { QueueSeconds = 0, RenderSeconds = 0, EndpointAnswer = form };

        using var answer = await Hub.SendAsync("/endpoint", Body("a cat"));

        var video = (await TestHub.ReadAsync(answer))["video"]!;
        var film = form is EndpointAnswer.Base64
            ? Convert.FromBase64String((string)video!)
            : await Hub.Http.GetByteArrayAsync((string)video["url"]!);
        Assert.Equal("ftyp"u8.ToArray(), film[4..8]);
    }

    [Fact]
    public async Task A_picture_can_come_as_it_is()
    {
        Hub.Server.Settings.Current = new() { QueueSeconds = 0, RenderSeconds = 0 };
        var content = new ByteArrayContent(Convert.FromBase64String(Wire.Image.Split(',')[1]));
        content.Headers.ContentType = new("image/png");

        using var answer = await Hub.Http.PostAsync("/endpoint?prompt=a%20cat", content);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("22422969fd95e8b7", Assert.Single(Hub.Server.Jobs.For("a cat")).Order.Image!.Sha256![..16]);
    }

    [Fact]
    public async Task The_content_type_must_be_one_the_toolkit_knows()
    {
        var content = JsonContent.Create(Body("a cat"));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json; charset=utf-8");

        using var answer = await Hub.Http.PostAsync("/endpoint", content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(Hub.Server.Jobs.All);
    }

    [Fact]
    public async Task Asking_for_a_film_is_refused_when_the_model_has_run()
    {
        Hub.Server.Settings.Current = new() { QueueSeconds = 0, RenderSeconds = 0 };
        Hub.Http.DefaultRequestHeaders.Accept.Add(new("video/mp4"));

        using var answer = await Hub.SendAsync("/endpoint", Body("a cat"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Single(Hub.Server.Jobs.All);
    }

    [Fact]
    public async Task A_cold_endpoint_says_503_and_then_works()
    {
        Hub.Server.Settings.Current = new() { QueueSeconds = 0, RenderSeconds = 0 };
        Hub.Server.Faults.Add(FaultKind.Loading, "a cat", next: 1);

        using var cold = await Hub.SendAsync("/endpoint", Body("a cat"));
        using var warm = await Hub.SendAsync("/endpoint", Body("a cat"));

        Assert.Equal(20, (double)(await TestHub.ReadAsync(cold))["estimated_time"]!);
        Assert.Equal(HttpStatusCode.OK, warm.StatusCode);
    }

    [Fact]
    public async Task A_caller_who_leaves_ends_the_render()
    {
        Hub.Server.Faults.Add(FaultKind.NeverFinish, "a cat");
        using var patience = new CancellationTokenSource();
        using var content = new ByteArrayContent(Convert.FromBase64String(Wire.Image.Split(',')[1]));

        var call = Hub.Http.PostAsync("/endpoint?prompt=a%20cat", content, patience.Token);
        await Eventually.TrueAsync(() => Hub.Server.Jobs.InFlight() == 1);
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Eventually.TrueAsync(() => Hub.Server.Jobs.InFlight() == 0);
    }

    [Fact]
    public async Task A_job_that_fails_is_a_400()
    {
        Hub.Server.Settings.Current = new() { QueueSeconds = 0, RenderSeconds = 0 };
        Hub.Server.Faults.Add(FaultKind.FailJob, "a cat");

        using var answer = await Hub.SendAsync("/endpoint", Body("a cat"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private async Task<HttpResponseMessage> PassAsync(Task<HttpResponseMessage> call)
    {
        await Eventually.TrueAsync(() =>
        {
            Hub.Clock.Advance(TimeSpan.FromSeconds(1));
            return call.IsCompleted;
        });
        return await call;
    }
}
