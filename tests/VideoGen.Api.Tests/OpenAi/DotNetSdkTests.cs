using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using OpenAI;
using OpenAI.Models;
using OpenAI.Videos;
using VideoGen.Api.Tests.Fakes;
using VideoGen.Grains.Media;
using VideoGen.Testing;

#pragma warning disable OPENAI001    // The package calls its video client experimental.

namespace VideoGen.Api.Tests.OpenAi;

/// <summary>The official .NET SDK, unchanged, against this server. It takes exactly status 200 for success.</summary>
public sealed class DotNetSdkTests
{
    [Fact]
    public async Task A_video_is_created_polled_downloaded_listed_and_deleted()
    {
        await using var api = await ApiHost.StartAsync();
        var videos = ClientOf(api);

        var created = Json(await CreateAsync(videos, "A calm sea"));
        Assert.Equal("queued", created.Text("status"));
        var id = created.Text("id");
        var uuid = Guid.Parse(id["video_".Length..]).ToString();
        api.Cluster.Put(Snapshots.Completed(uuid));
        await api.Media.SaveAsync(
            MediaKind.Video, uuid + ".mp4", (to, token) => to.WriteAsync("the video"u8.ToArray(), token).AsTask(), default);

        Assert.Equal("completed", Json(await videos.GetVideoAsync(id)).Text("status"));
        var content = await videos.DownloadVideoAsync(id);
        Assert.Equal("the video", content.GetRawResponse().Content.ToString());
        Assert.Equal(id, Json(await videos.CreateVideoRemixAsync(
            id, BinaryContent.Create(BinaryData.FromString("""{"prompt":"Same, at night"}""")), "application/json"))
            .Text("remixed_from_video_id"));
        var listed = 0;
        await foreach (var page in videos.GetVideosAsync(limit: 10, order: "desc", after: null, options: null).GetRawPagesAsync())
        {
            listed += Json(page).GetProperty("data").GetArrayLength();
        }

        Assert.Equal(2, listed);
        Assert.True(Json(await videos.DeleteVideoAsync(id)).GetProperty("deleted").GetBoolean());
        var gone = await Assert.ThrowsAsync<ClientResultException>(() => videos.GetVideoAsync(id));
        Assert.Equal(404, gone.Status);
        Assert.Contains("video_not_found", gone.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_reaches_the_program_with_its_code_parameter_and_sentence()
    {
        await using var api = await ApiHost.StartAsync();

        var refused = await Assert.ThrowsAsync<ClientResultException>(() => CreateAsync(ClientOf(api), " "));

        Assert.Equal(400, refused.Status);
        Assert.Contains("invalid_value", refused.Message, StringComparison.Ordinal);
        Assert.Contains("prompt must not be blank", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_models_are_listed()
    {
        await using var api = await ApiHost.StartAsync();
        var models = new OpenAIModelClient(new ApiKeyCredential("any"), OptionsOf(api));

        Assert.Contains("sora-2", (await models.GetModelsAsync()).Value.Select(model => model.Id));
    }

    private static Task<ClientResult> CreateAsync(VideoClient videos, string prompt)
    {
        var form = new MultipartFormDataContent
        {
            { new StringContent("videogen"), "model" }, { new StringContent(prompt), "prompt" },
            { new ByteArrayContent(OpenAiClient.Png), "input_reference", "me.png" },
        };
        var body = BinaryContent.Create(form.ReadAsStream());
        return videos.CreateVideoAsync(body, form.Headers.ContentType!.ToString());
    }

    private static JsonElement Json(ClientResult result) =>
        JsonDocument.Parse(result.GetRawResponse().Content.ToMemory()).RootElement;

    private static VideoClient ClientOf(ApiHost api) => new(new ApiKeyCredential("any"), new VideoClientOptions
    {
        Endpoint = new Uri(api.Client.BaseAddress!, "/v1"),
        RetryPolicy = new ClientRetryPolicy(0),
    });

    private static OpenAIClientOptions OptionsOf(ApiHost api) => new()
    {
        Endpoint = new Uri(api.Client.BaseAddress!, "/v1"),
        RetryPolicy = new ClientRetryPolicy(0),
    };
}
