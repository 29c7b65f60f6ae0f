using System.Net;
using VideoGen.Api.Tests.Fakes;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.OpenAi;

public sealed class VideoSteeringTests
{
    private const string Id = OpenAiClient.Id;
    private const string Path = "/v1/videos/" + OpenAiClient.VideoId;

    [Fact]
    public async Task A_finished_video_is_deleted_and_then_unknown()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Put(Snapshots.Completed(Id));

        using var deleted = await api.Client.DeleteAsync(Path);
        using var again = await api.Client.DeleteAsync(Path);

        Assert.Equal(HttpStatusCode.OK, deleted.StatusCode);
        Assert.Equal(
            $$"""{"id":"{{OpenAiClient.VideoId}}","object":"video.deleted","deleted":true}""",
            await deleted.Content.ReadAsStringAsync());
        await again.ErrorAsync(HttpStatusCode.NotFound, "video_not_found", "video_id");
    }

    [Theory]
    [InlineData(GenerationStatus.Pending)]
    [InlineData(GenerationStatus.Processing)]
    public async Task An_unfinished_video_is_canceled_deleted_and_then_unknown(GenerationStatus status)
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Put(Snapshots.Pending(Id) with { Status = status });

        using var deleted = await api.Client.DeleteAsync(Path);
        using var got = await api.Client.GetAsync(Path);

        Assert.True((await deleted.JsonAsync()).GetProperty("deleted").GetBoolean());
        Assert.Equal([Id], api.Cluster.Discarded);
        await got.ErrorAsync(HttpStatusCode.NotFound, "video_not_found", "video_id");
    }

    [Fact]
    public async Task A_remix_has_the_same_picture_length_and_size_another_prompt_and_another_seed()
    {
        await using var api = await ApiHost.StartAsync();
        var request = new GenerationRequest("public", Snapshots.Picture, "She waves.", 7, 512, 3, "rain", Motion.High,
            AspectRatio: "16:9", Width: 910, Height: 512);
        api.Cluster.Put(Snapshots.Completed(Id) with { Request = request });

        using var response = await api.Client.PostJsonAsync(Path + "/remix", """{"prompt":"Same, at night"}""");

        var video = await response.JsonAsync();
        VideoTests.IsComplete(video);
        Assert.Equal((OpenAiClient.VideoId, "Same, at night", "910x512", "7"), (video.Text("remixed_from_video_id"),
            video.Text("prompt"), video.Text("size"), video.Text("seconds")));
        var order = Assert.Single(api.Cluster.Requests);
        Assert.NotEqual(3u, order.Seed);
        Assert.Equal(
            request with
            {
                Script = "Same, at night",
                Seed = order.Seed,
                RegeneratedFrom = Id,
                WebhookForm = WebhookForm.OpenAi,
            },
            order);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"prompt":""}""")]
    public async Task A_remix_needs_a_prompt(string body)
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Put(Snapshots.Completed(Id));

        using var response = await api.Client.PostJsonAsync(Path + "/remix", body);

        await response.ErrorAsync(HttpStatusCode.BadRequest, "invalid_value", "prompt");
    }

    [Fact]
    public async Task The_webhook_of_a_new_video_has_the_form_of_the_api_that_created_it()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Put(Snapshots.Completed(OpenAiClient.Id));
        using var remix = await api.Client.PostJsonAsync(Path + "/remix", """{"prompt":"Same, at night"}""");
        var remixed = api.Cluster.Requests.Last();
        using var again = await api.Client.PostAsync(
            $"/generation/{Guid.Parse((await remix.JsonAsync()).Text("id")["video_".Length..])}/regenerate", null);

        Assert.Equal(
            (WebhookForm.OpenAi, WebhookForm.Native), (remixed.WebhookForm, api.Cluster.Requests.Last().WebhookForm));
    }

    [Fact]
    public async Task A_remix_has_a_small_body()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Put(Snapshots.Completed(Id));

        using var response = await api.Client.PostAsync(Path + "/remix", new ByteArrayContent(new byte[200_000]));

        await response.ErrorAsync(HttpStatusCode.RequestEntityTooLarge, "body_too_large");
    }

    [Fact]
    public async Task A_key_makes_one_remix()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Put(Snapshots.Completed(Id));
        List<string> ids = [];
        for (var time = 0; time < 2; time++)
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, Path + "/remix");
            message.Headers.Add("Idempotency-Key", "again");
            message.Content = new StringContent("""{"prompt":"Same, at night"}""");
            using var response = await api.Client.SendAsync(message);
            ids.Add((await response.JsonAsync()).Text("id"));
        }

        Assert.Equal(ids[0], ids[1]);
        Assert.Single(api.Cluster.Requests);
    }

    [Theory]
    [InlineData("POST", "/v1/videos/edits")]
    [InlineData("POST", "/v1/videos/extensions")]
    [InlineData("POST", "/v1/videos/characters")]
    [InlineData("GET", "/v1/videos/characters/char_1")]
    public async Task What_only_the_hosted_service_does_is_not_supported(string method, string path)
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        await response.ErrorAsync(HttpStatusCode.NotFound, "not_supported");
        Assert.Equal("false", response.Header("x-should-retry"));
    }

    [Fact]
    public async Task The_models_are_ours_the_default_and_its_aliases()
    {
        await using var api = await ApiHost.StartAsync();

        using var list = await api.Client.GetAsync("/v1/models");
        using var one = await api.Client.GetAsync("/v1/models/sora-2");
        using var unknown = await api.Client.GetAsync("/v1/models/gpt");

        Assert.Equal(["videogen", "preview", "sora-2", "sora-2-pro"],
            (await list.JsonAsync()).GetProperty("data").EnumerateArray().Select(model => model.Text("id")));
        Assert.Equal("""{"id":"sora-2","object":"model","created":1793491200,"owned_by":"videogen"}""",
            await one.Content.ReadAsStringAsync());
        await unknown.ErrorAsync(HttpStatusCode.NotFound, "model_not_found", "model");
    }
}
