using System.Globalization;
using System.Net;
using System.Text;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.OpenAi;

public sealed class CreateVideoTests
{
    [Theory]
    [InlineData("512x512", "1:1", "512x512")]
    [InlineData("768x768", "1:1", "768x768")]
    [InlineData("1366x768", "16:9", "1366x768")]
    [InlineData("910x512", "16:9", "910x512")]
    [InlineData("1024x1366", "3:4", "1024x1366")]
    [InlineData("720x1280", "9:16", "768x1366")]
    [InlineData("1280x720", "16:9", "1366x768")]
    [InlineData("1024x1792", "9:16", "1024x1820")]
    [InlineData("1792x1024", "16:9", "1820x1024")]
    [InlineData("1080x1920", "9:16", "1024x1820")]
    [InlineData("1920x1080", "16:9", "1820x1024")]
    [InlineData("auto", "1:1", "768x768")]
    [InlineData(null, "1:1", "768x768")]
    public async Task A_size_becomes_the_nearest_of_ours_which_the_first_answer_has(string? size, string shape, string real)
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.Client.CreateAsync(size is null ? "" : $",\"size\":\"{size}\"");

        var video = await response.JsonAsync();
        VideoTests.IsComplete(video);
        Assert.Equal((real, "queued", 0), (video.Text("size"), video.Text("status"), video.GetProperty("progress").GetInt32()));
        var request = Assert.Single(api.Cluster.Requests);
        Assert.Equal((shape, real), (request.AspectRatio,
            string.Create(CultureInfo.InvariantCulture, $"{request.Width}x{request.Height}")));
    }

    [Theory]
    [InlineData("4", 4)]
    [InlineData("\"5\"", 5)]
    [InlineData("10", 10)]
    [InlineData("3.0", 3)]
    [InlineData("null", 4)]
    public async Task Seconds_are_text_or_a_number_and_four_by_default(string seconds, int expected)
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.Client.CreateAsync($",\"seconds\":{seconds}");

        Assert.Equal(expected.ToString(CultureInfo.InvariantCulture), (await response.JsonAsync()).Text("seconds"));
        Assert.Equal(expected, Assert.Single(api.Cluster.Requests).DurationSeconds);
    }

    [Theory]
    [InlineData("seconds", "\"12\"", "seconds")]
    [InlineData("seconds", "2", "seconds")]
    [InlineData("seconds", "4.5", "seconds")]
    [InlineData("seconds", "\"\"", "seconds")]
    [InlineData("size", "\"640x480\"", "size")]
    [InlineData("size", "768", "size")]
    [InlineData("size", "{\"a\":1}", "size")]
    [InlineData("prompt", "\" \"", "prompt")]
    [InlineData("prompt", "\"\\ud800\"", "prompt")]
    [InlineData("seed", "-1", "seed")]
    [InlineData("negative_prompt", "5", "negative_prompt")]
    [InlineData("motion", "\"wild\"", "motion")]
    [InlineData("webhook_url", "\"https://a.example/hook\"", "webhook_url")]
    [InlineData("fit", "\"stretch\"", "fit")]
    public async Task A_wrong_field_is_a_400_that_names_it(string field, string value, string param)
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.Client.PostJsonAsync("/v1/videos", field == "prompt"
            ? $$"""{"prompt":{{value}},"input_reference":"/uploads/character_1.jpg"}"""
            : $$"""{"prompt":"x","input_reference":"/uploads/character_1.jpg","{{field}}":{{value}}}""");

        var error = await response.ErrorAsync(HttpStatusCode.BadRequest, "invalid_value", param);
        Assert.Contains(param, error.Text("message"), StringComparison.Ordinal);
        Assert.Equal("false", response.Header("x-should-retry"));
        if (field == "seconds")
        {
            Assert.Contains("from 3 to 10", error.Text("message"), StringComparison.Ordinal);
        }

        Assert.Empty(api.Cluster.Requests);
    }

    [Theory]
    [InlineData("\"input_reference\":\"/uploads/character_1.jpg\"")]
    [InlineData("\"input_reference\":\"/uploads/character_1.jpg?expires=1&signature=x\"")]
    [InlineData("\"input_reference\":\"ORIGIN/uploads/character_1.jpg\"")]
    [InlineData("\"input_reference\":\"character_1.jpg\"")]
    [InlineData("\"input_reference\":{\"image_url\":\"/uploads/character_1.jpg\"}")]
    [InlineData("\"input_reference\":{\"file_id\":\"character_1.jpg\"}")]
    [InlineData("\"input_reference\":\"{\\\"image_url\\\":\\\"/uploads/character_1.jpg\\\"}\"")]
    [InlineData("\"reference_url\":\"/uploads/character_1.jpg\"")]
    [InlineData("\"image_reference\":{\"image_url\":\"/uploads/character_1.jpg\"}")]
    [InlineData("\"file_id\":\"character_1.jpg\",\"input_reference\":null,\"reference_url\":\"\"")]
    [InlineData("\"input_reference\":\"DATA\"")]
    [InlineData("\"input_reference\":{\"image_url\":\"DATA\"}")]
    [InlineData("\"reference_url\":\"ESCAPED\"")]
    public async Task A_picture_is_a_data_URL_or_an_own_upload_under_any_name(string picture)
    {
        await using var api = await ApiHost.StartAsync();
        var escaped = OpenAiClient.DataUrl.Replace("/", "\\/", StringComparison.Ordinal);
        var field = picture.Replace("ORIGIN", api.Client.BaseAddress!.ToString().TrimEnd('/'), StringComparison.Ordinal)
            .Replace("DATA", OpenAiClient.DataUrl, StringComparison.Ordinal)
            .Replace("ESCAPED", escaped, StringComparison.Ordinal);

        using var response = await api.Client.PostJsonAsync("/v1/videos", $$"""{"prompt":"x","n":1,"fps":16,{{field}}}""");

        VideoTests.IsComplete(await response.JsonAsync());
        var image = Assert.Single(api.Cluster.Requests).CharacterImage;
        if (field.Contains("character_1", StringComparison.Ordinal))
        {
            Assert.Equal("character_1.jpg", image);
        }
        else
        {
            Assert.Equal(OpenAiClient.Png, await api.Client.GetByteArrayAsync("/uploads/" + image));
        }
    }

    [Theory]
    [InlineData("", "missing_required_parameter")]
    [InlineData(",\"input_reference\":\"https://elsewhere.example/a.png\"", "invalid_image_url")]
    [InlineData(",\"input_reference\":{\"file_id\":\"file-123\"}", "invalid_image_url")]
    [InlineData(",\"input_reference\":\"data:image/png,abc\"", "invalid_image_url")]
    [InlineData(",\"input_reference\":\"data:image/png;base64,@@@@\"", "invalid_image_url")]
    [InlineData(",\"input_reference\":\"data:image/png;base64,AAAA\"", "not_an_image")]
    [InlineData(",\"input_reference\":\"/uploads/character_2.jpg\"", "invalid_value")]
    [InlineData(",\"input_reference\":5", "invalid_image_url")]
    [InlineData(",\"file_id\":\"character_1.jpg\",\"reference_url\":\"/uploads/character_1.jpg\"", "invalid_value")]
    public async Task A_missing_or_unusable_picture_is_a_400(string picture, string code)
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.Client.PostJsonAsync("/v1/videos", $$"""{"prompt":"x"{{picture}}}""");

        await response.ErrorAsync(HttpStatusCode.BadRequest, code, "input_reference");
        Assert.Empty(api.Cluster.Requests);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("videogen", null)]
    [InlineData("sora-2", null)]
    [InlineData("Sora-2-Pro", null)]
    [InlineData("preview", "preview")]
    [InlineData("wan", "wan")]
    public async Task A_model_has_our_name_or_an_alias(string? name, string? model)
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Models = [.. api.Cluster.Models,
            new OfferedModel("wan", "Wan", null, "gpu", IsDefault: false, IsPreview: false, [], null, null)];

        using var response = await api.Client.CreateAsync(name is null ? "" : $",\"model\":\"{name}\"");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(model, Assert.Single(api.Cluster.Requests).Model);
    }

    [Fact]
    public async Task An_unknown_model_is_a_400_and_aliases_are_a_setting()
    {
        await using var api = await ApiHost.StartAsync(("VideoGen:OpenAi:Aliases", "veo, kling"));

        using var unknown = await api.Client.CreateAsync(",\"model\":\"sora-2\"");
        using var noName = await api.Client.CreateAsync(",\"model\":5");
        using var alias = await api.Client.CreateAsync(",\"model\":\"kling\"");

        await unknown.ErrorAsync(HttpStatusCode.BadRequest, "model_not_found", "model");
        await noName.ErrorAsync(HttpStatusCode.BadRequest, "model_not_found", "model");
        Assert.Equal(HttpStatusCode.OK, alias.StatusCode);
    }

    [Fact]
    public async Task Optional_fields_reach_the_generation_from_a_form_too()
    {
        await using var api = await ApiHost.StartAsync();
        using var form = new MultipartFormDataContent
        {
            { new StringContent("A calm sea"), "prompt" }, { new StringContent("6"), "seconds" },
            { new StringContent("42"), "seed" }, { new StringContent("blur"), "negative_prompt" },
            { new StringContent("low"), "motion" }, { new StringContent("false"), "sound" },
            { new StringContent("contain"), "fit" }, { new StringContent("x"), "extra_params[a]" },
            { new StringContent("/uploads/character_1.jpg"), "input_reference[image_url]" },
        };

        using var response = await api.Client.PostAsync("/v1/videos", form);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(
            new GenerationRequest("public", "character_1.jpg", "A calm sea", 6, 768, 42, "blur", Motion.Low,
                AspectRatio: "1:1", Width: 768, Height: 768, Fit: Fit.Contain, IsSilent: true,
                WebhookForm: WebhookForm.OpenAi),
            Assert.Single(api.Cluster.Requests));
    }

    [Fact]
    public async Task A_key_makes_one_video_of_repeated_requests_whose_boundary_differs()
    {
        await using var api = await ApiHost.StartAsync();
        var first = await CreateAsync("A calm sea");
        var second = await CreateAsync("A calm sea");
        using var other = await SendAsync("Another sea");

        Assert.Equal(first.Id, second.Id);
        Assert.Equal((null, "true"), (first.Replayed, second.Replayed));
        Assert.Single(api.Cluster.Requests);
        await other.ErrorAsync(HttpStatusCode.BadRequest, "idempotency_key_reused");

        async Task<(string Id, string? Replayed)> CreateAsync(string prompt)
        {
            using var response = await SendAsync(prompt);
            return ((await response.JsonAsync()).Text("id"), response.Header("Idempotency-Replayed"));
        }

        async Task<HttpResponseMessage> SendAsync(string prompt)
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, "/v1/videos");
            message.Headers.Add("Idempotency-Key", "idem-1");
            message.Content = new MultipartFormDataContent
            {
                { new StringContent(prompt), "prompt" }, { new ByteArrayContent(OpenAiClient.Png), "input_reference", "me.png" },
            };
            return await api.Client.SendAsync(message);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_picture_of_the_largest_size_fits_in_a_form_and_in_JSON(bool isForm)
    {
        await using var api = await ApiHost.StartAsync(("VideoGen:Media:MaxUploadBytes", "300000"));

        using var largest = await SendAsync(300_000);
        using var larger = await SendAsync(300_001);

        Assert.Equal(HttpStatusCode.OK, largest.StatusCode);
        await larger.ErrorAsync(HttpStatusCode.RequestEntityTooLarge, "body_too_large");

        Task<HttpResponseMessage> SendAsync(int length)
        {
            byte[] picture = [.. OpenAiClient.Png, .. new byte[length - OpenAiClient.Png.Length]];
            return isForm
                ? api.Client.PostAsync("/v1/videos", new MultipartFormDataContent
                {
                    { new StringContent("x"), "prompt" }, { new ByteArrayContent(picture), "input_reference", "a.png" },
                })
                : api.Client.PostJsonAsync("/v1/videos",
                    $$"""{"prompt":"x","input_reference":"data:image/png;base64,{{Convert.ToBase64String(picture)}}"}""");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_beyond_its_limit_is_a_413(bool hasLength)
    {
        await using var api = await ApiHost.StartAsync(("VideoGen:Media:MaxUploadBytes", "10000"));
        using var message = new HttpRequestMessage(HttpMethod.Post, "/v1/videos");
        message.Content = new ByteArrayContent(new byte[200_000]);
        message.Headers.TransferEncodingChunked = !hasLength;

        using var response = await api.Client.SendAsync(message);

        await response.ErrorAsync(HttpStatusCode.RequestEntityTooLarge, "body_too_large");
    }

    [Theory]
    [InlineData("{", "application/json")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"prompt\"\r\n\r\nx", "multipart/form-data; boundary=b")]
    public async Task A_malformed_body_is_a_400(string body, string type)
    {
        await using var api = await ApiHost.StartAsync();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        using var response = await api.Client.PostAsync("/v1/videos", content);

        await response.ErrorAsync(HttpStatusCode.BadRequest, "malformed_request");
    }
}
