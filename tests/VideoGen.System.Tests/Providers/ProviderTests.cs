using VideoGen.FakeHub;
using VideoGen.FakeHub.Requests;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Providers;

/// <summary>The whole way from a picture to a film that a model made, once per provider.</summary>
public sealed class ProviderTests
{
    [Theory]
    [InlineData("fal-ai")]
    [InlineData("wavespeed")]
    [InlineData("together")]
    [InlineData("novita")]
    public async Task A_provider_makes_the_film_as_asked_from_one_submit(string provider)
    {
        await using var hub = await Hub.StartAsync();
        await using var api = await ApiProcess.StartAsync(hub.Settings(provider));

        await MakeAsync(hub, api, provider, "huggingface");
    }

    [Fact]
    public async Task A_dedicated_endpoint_makes_the_film_as_asked_from_one_call()
    {
        await using var hub = await Hub.StartAsync();
        await using var api = await ApiProcess.StartAsync(
            [.. hub.Settings("auto"), ("VideoGen__HuggingFace__EndpointUrl", hub.EndpointUrl.AbsoluteUri)]);

        await MakeAsync(hub, api, "endpoint", "endpoint");
    }

    private static async Task MakeAsync(FakeHubServer hub, ApiProcess api, string provider, string backend)
    {
        const string script = "She says \"grüezi\" & waves <twice> ☀.";
        var id = await api.Client.OrderAsync(await api.Client.UploadAsync(), script);
        var generation = await api.Client.EndAsync(id);

        Assert.Equal(("completed", backend, false),
            (generation.Outcome(), generation.Text("backend"), generation.GetProperty("preview").GetBoolean()));
        var film = await Film.DownloadAsync(api.Client, generation.Text("videoUrl")!);
        Assert.Equal((Film.Side, Film.Side, "24/1"), (film.Width, film.Height, film.Rate));
        Assert.InRange(film.Frames, Film.AskedFrames - 2, Film.AskedFrames + 2);

        var job = hub.TheJob(script);
        Assert.Equal((provider, script), (job.Order.Provider, job.Order.Prompt));
        Assert.Equal("image/jpeg", job.Order.Image?.Type);
        Assert.Equal(new SubmitCount(Arrived: 1, Accepted: 1), hub.Submits.Count(""));
    }
}
