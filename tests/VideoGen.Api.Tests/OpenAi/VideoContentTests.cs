using System.Net;
using System.Net.Http.Headers;
using VideoGen.Api.Tests.Fakes;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Media;

namespace VideoGen.Api.Tests.OpenAi;

public sealed class VideoContentTests
{
    private const string Path = "/v1/videos/" + OpenAiClient.VideoId + "/content";

    [Theory]
    [InlineData("", "video/mp4", "the video")]
    [InlineData("?variant=video", "video/mp4", "the video")]
    [InlineData("?variant=thumbnail", "image/jpeg", "the poster")]
    public async Task The_content_is_served_at_once_with_its_length(string query, string type, string content)
    {
        await using var api = await StartAsync();
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });

        using var response = await client.GetAsync(new Uri(api.Client.BaseAddress!, Path + query));

        Assert.Equal((HttpStatusCode.OK, type, content.Length),
            (response.StatusCode, response.Content.Headers.ContentType?.MediaType, response.Content.Headers.ContentLength ?? 0));
        Assert.Equal(content, await response.Content.ReadAsStringAsync());
        Assert.NotNull(response.Header("x-request-id"));
    }

    [Fact]
    public async Task A_range_is_served_as_of_our_media()
    {
        await using var api = await StartAsync();
        using var message = new HttpRequestMessage(HttpMethod.Get, Path) { Headers = { Range = new RangeHeaderValue(4, 6) } };

        using var response = await api.Client.SendAsync(message);

        Assert.Equal((HttpStatusCode.PartialContent, "vid"), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.NotNull(response.Headers.ETag);
    }

    [Fact]
    public async Task A_range_beyond_the_end_is_an_error_of_the_dialect()
    {
        await using var api = await StartAsync();
        using var message = new HttpRequestMessage(HttpMethod.Get, Path) { Headers = { Range = new RangeHeaderValue(100, 200) } };

        using var response = await api.Client.SendAsync(message);

        await response.ErrorAsync(HttpStatusCode.RequestedRangeNotSatisfiable, "range_not_satisfiable");
    }

    [Fact]
    public async Task A_variant_that_we_do_not_make_is_a_400()
    {
        await using var api = await StartAsync();

        using var response = await api.Client.GetAsync(Path + "?variant=spritesheet");

        await response.ErrorAsync(HttpStatusCode.BadRequest, "invalid_value", "variant");
    }

    [Fact]
    public async Task A_video_that_is_not_ready_is_a_404_that_says_when_to_ask_again()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Put(Snapshots.Pending(OpenAiClient.Id));

        using var response = await api.Client.GetAsync(Path);

        await response.ErrorAsync(HttpStatusCode.NotFound, "video_not_ready");
        Assert.Equal(("2", null), (response.Header("Retry-After"), response.Header("x-should-retry")));
    }

    [Fact]
    public async Task A_failed_an_expired_and_an_unknown_one_have_none()
    {
        await using var api = await ApiHost.StartAsync();
        var canceled = Snapshots.Pending(OpenAiClient.Id) with { Status = GenerationStatus.Canceled };
        foreach (var (generation, code, param) in new (GenerationSnapshot?, string, string?)[]
        {
            (Snapshots.Failed(OpenAiClient.Id), "video_failed", null), (canceled, "video_failed", null),
            (Snapshots.Expired(OpenAiClient.Id), "video_expired", null),
            (Snapshots.Completed(OpenAiClient.Id), "video_expired", null),    // its file is gone
            (null, "video_not_found", "video_id"),
        })
        {
            api.Cluster.Forget(OpenAiClient.Id);
            if (generation is not null)
            {
                api.Cluster.Put(generation);
            }

            using var response = await api.Client.GetAsync(Path);

            await response.ErrorAsync(HttpStatusCode.NotFound, code, param);
            Assert.Equal("false", response.Header("x-should-retry"));
        }
    }

    private static async Task<ApiHost> StartAsync()
    {
        var api = await ApiHost.StartAsync();
        api.Cluster.Put(Snapshots.Completed(OpenAiClient.Id));
        await SaveAsync(".mp4", "the video"u8.ToArray());
        await SaveAsync(".jpg", "the poster"u8.ToArray());
        return api;

        Task SaveAsync(string extension, byte[] content) => api.Media.SaveAsync(
            MediaKind.Video, OpenAiClient.Id + extension, (to, token) => to.WriteAsync(content, token).AsTask(), default);
    }
}
