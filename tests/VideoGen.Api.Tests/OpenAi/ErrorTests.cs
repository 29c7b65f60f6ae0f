using System.Net;
using System.Net.Http.Headers;
using VideoGen.Api.Tests.Authentication;
using VideoGen.Api.Tests.Fakes;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Media;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.OpenAi;

/// <summary>Every error under /v1 has the form of the dialect and says whether to repeat the request.</summary>
public sealed class ErrorTests
{
    [Fact]
    public async Task Without_a_key_it_is_a_401()
    {
        using var box = new KeyBox();
        box.Add("alice");
        await using var api = await ApiHost.StartAsync(box.Setting);

        using var response = await api.Client.GetAsync("/v1/videos");

        await response.ErrorAsync(HttpStatusCode.Unauthorized, "invalid_api_key");
        Assert.Equal("false", response.Header("x-should-retry"));
        Assert.NotEmpty(response.Headers.WwwAuthenticate);
    }

    [Theory]
    [InlineData("GET", "/v1", HttpStatusCode.NotFound, "not_found")]
    [InlineData("GET", "/v1/files", HttpStatusCode.NotFound, "not_found")]
    [InlineData("POST", "/v1/chat/completions", HttpStatusCode.NotFound, "not_found")]
    [InlineData("PUT", "/v1/videos", HttpStatusCode.MethodNotAllowed, "method_not_allowed")]
    [InlineData("POST", "/v1/videos/video_1/content", HttpStatusCode.MethodNotAllowed, "method_not_allowed")]
    public async Task An_unknown_path_and_a_wrong_method_have_the_form_of_the_dialect(
        string method, string path, HttpStatusCode status, string code)
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        await response.ErrorAsync(status, code);
        Assert.Equal("false", response.Header("x-should-retry"));
    }

    [Fact]
    public async Task A_compressed_body_is_a_415()
    {
        await using var api = await ApiHost.StartAsync();
        using var content = new ByteArrayContent([1, 2, 3]);
        content.Headers.ContentEncoding.Add("gzip");

        using var response = await api.Client.PostAsync("/v1/videos", content);

        await response.ErrorAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
    }

    [Theory]
    [InlineData(30, null)]
    [InlineData(60, null)]
    [InlineData(61, "false")]
    public async Task A_full_queue_is_a_429_that_is_repeated_only_if_that_is_soon(int seconds, string? shouldRetry)
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.RetryAfter = TimeSpan.FromSeconds(seconds);

        using var response = await api.Client.CreateAsync();

        await response.ErrorAsync(HttpStatusCode.TooManyRequests, "queue_full");
        Assert.Equal(TimeSpan.FromSeconds(seconds), response.Headers.RetryAfter?.Delta);
        Assert.Equal(shouldRetry, response.Header("x-should-retry"));
    }

    [Fact]
    public async Task A_used_up_quota_is_a_429_with_the_limits_of_the_native_API()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Allowance = new QuotaReply(
            [], new QuotaStatus(QuotaKind.Renders, 5, 0, TimeSpan.FromHours(3)));

        using var response = await api.Client.CreateAsync();

        await response.ErrorAsync(HttpStatusCode.TooManyRequests, "limit_reached");
        Assert.Equal(("false", "\"renders\";q=5;w=86400"),
            (response.Header("x-should-retry"), response.Header("RateLimit-Policy")));
    }

    [Fact]
    public async Task The_limits_of_an_owner_s_uploads_hold_for_pictures_in_requests()
    {
        await using var api = await ApiHost.StartAsync(("VideoGen:Limits:UploadBytesPerHour", "2048"));
        using var first = await api.Client.PostAsync("/v1/videos", Form());
        using var second = await api.Client.PostAsync("/v1/videos", Form());

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        await second.ErrorAsync(HttpStatusCode.TooManyRequests, "limit_reached");

        static MultipartFormDataContent Form() => new()
        {
            { new StringContent("x"), "prompt" },
            { new ByteArrayContent([.. OpenAiClient.Png, .. new byte[1500]]), "input_reference", "a.png" },
        };
    }

    [Fact]
    public async Task A_full_disk_is_a_507()
    {
        await using var api = await ApiHost.StartAsync();
        api.Disk.HasRoom = false;

        using var response = await api.Client.CreateAsync();

        await response.ErrorAsync(HttpStatusCode.InsufficientStorage, "storage_full");
        Assert.Equal(("5", null), (response.Header("Retry-After"), response.Header("x-should-retry")));
    }

    [Theory]
    [InlineData(false, HttpStatusCode.ServiceUnavailable, "unavailable")]
    [InlineData(true, HttpStatusCode.InternalServerError, "internal_error")]
    public async Task Trouble_of_the_server_is_a_5xx_to_repeat_later(bool isBug, HttpStatusCode status, string code)
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Trouble = isBug ? new InvalidOperationException("secret") : new TimeoutException("secret");

        using var response = await api.Client.GetAsync("/v1/videos/" + OpenAiClient.VideoId);

        var error = await response.ErrorAsync(status, code);
        Assert.DoesNotContain("secret", error.Text("message"), StringComparison.Ordinal);
        Assert.Equal(("5", null), (response.Header("Retry-After"), response.Header("x-should-retry")));
    }

    [Fact]
    public async Task A_picture_that_was_deleted_is_named_as_the_parameter()
    {
        await using var api = await ApiHost.StartAsync();
        await api.Media.DeleteAsync(MediaKind.Upload, Snapshots.Picture, default);

        using var response = await api.Client.CreateAsync();

        var error = await response.ErrorAsync(HttpStatusCode.BadRequest, "invalid_value", "input_reference");
        Assert.StartsWith("input_reference must be the address of a picture", error.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_another_origin_may_read_the_headers_of_the_dialect_and_only_there()
    {
        await using var api = await ApiHost.StartAsync();

        Assert.Contains("x-request-id", await ExposedAsync("/v1/models"), StringComparison.Ordinal);
        Assert.DoesNotContain("x-request-id", await ExposedAsync("/models"), StringComparison.Ordinal);

        async Task<string> ExposedAsync(string path)
        {
            using var message = new HttpRequestMessage(HttpMethod.Get, path);
            message.Headers.Add("Origin", "https://app.example");
            using var response = await api.Client.SendAsync(message);
            return response.Header("Access-Control-Expose-Headers")!;
        }
    }

    [Fact]
    public async Task Nothing_of_a_prompt_or_picture_is_logged()
    {
        await using var api = await ApiHost.StartAsync();
        using var content = new StringContent(
            $$"""{"prompt":"a private wish","seconds":99,"input_reference":"{{OpenAiClient.DataUrl}}"}""");
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json");

        using var refused = await api.Client.PostAsync("/v1/videos", content);
        using var created = await api.Client.CreateAsync(",\"negative_prompt\":\"a private fear\"");

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.OK), (refused.StatusCode, created.StatusCode));
        Assert.DoesNotContain(api.Log.Lines, line => line.Text.Contains("private", StringComparison.Ordinal)
            || line.Text.Contains("base64", StringComparison.Ordinal));
        Assert.Contains(api.Log.Lines, line => line.Text.Contains("Audit: submit done, generation 0", StringComparison.Ordinal));
    }
}
