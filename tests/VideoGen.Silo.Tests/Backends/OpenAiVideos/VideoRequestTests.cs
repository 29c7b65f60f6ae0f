using System.Security.Cryptography;
using System.Text.Json.Nodes;
using NetVips;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Media;

namespace VideoGen.Silo.Tests.Backends.OpenAiVideos;

/// <summary>What reaches the server.</summary>
public sealed class VideoRequestTests
{
    [Fact]
    public async Task A_server_of_unknown_software_gets_the_fields_of_the_dialect_alone()
    {
        var form = await SendAsync(GpuServer.Order("ein Bär, „ä\" + <b>\r\n--x"), software: null);

        Assert.Equal(
            new() { ["prompt"] = "ein Bär, „ä\" + <b>\r\n--x", ["seconds"] = "5", ["size"] = "768x768" }, form.Fields);
        Assert.Equal(("input_reference=picture.jpeg", "image/jpeg"), (form.FileName, form.FileType));
    }

    [Fact]
    public async Task The_picture_is_cropped_to_the_shape_that_the_server_would_stretch_it_to()
    {
        var square = await SendAsync(GpuServer.Order(), software: null);
        var wide = await SendAsync(Shaped("16:9", 1366, 768), software: null);

        Assert.Equal((40, 40), SizeOf(square.File));
        Assert.Equal(16 / 9.0, SizeOf(wide.File).Width / (double)SizeOf(wide.File).Height, 0.05);
        Assert.Equal("1360x768", wide.Fields["size"]);
    }

    [Fact]
    public async Task A_picture_that_is_shown_whole_is_sent_as_it_is_with_its_own_shape()
    {
        var order = GpuServer.Order();

        var form = await SendAsync(order with { Request = order.Request with { Fit = Fit.Contain } }, software: null);

        Assert.Equal(GpuServer.Picture(60, 40), form.File);
        Assert.Equal("1152x768", form.Fields["size"]);
        Assert.Equal(("input_reference=picture.png", "image/png"), (form.FileName, form.FileType));
    }

    [Theory]
    [InlineData("sglang", "Wan-AI/Wan2.2-I2V-A14B-Diffusers", 5, "81", "16", "1280x720")]
    [InlineData("sglang", "Wan-AI/Wan2.2-I2V-A14B-Diffusers", 10, "81", "8", "1280x720")]
    [InlineData("sglang", "Wan-AI/Wan2.2-TI2V-5B-Diffusers", 5, "121", "24", "1248x704")]
    [InlineData("sglang", "Lightricks/LTX-2", 3, "73", "24", "1376x768")]
    [InlineData("vllm-omni", "Wan-AI/Wan2.2-I2V-A14B-Diffusers", 3, "49", "16", "1280x720")]
    [InlineData("vllm-omni", "Lightricks/LTX-2", 10, "241", "24", "1376x768")]
    [InlineData("vllm-omni", "some/other", 4, null, null, "1360x768")]
    public async Task Frames_and_sizes_are_those_of_the_model(
        string software, string model, int seconds, string? frames, string? rate, string size)
    {
        var order = Shaped("16:9", 1366, 768) with { Model = model };

        var form = await SendAsync(order with { Request = order.Request with { DurationSeconds = seconds } }, software);

        Assert.Equal((model, $"{seconds}", size), (form.Fields["model"], form.Fields["seconds"], form.Fields["size"]));
        Assert.Equal(
            (frames, rate), (form.Fields.GetValueOrDefault("num_frames"), form.Fields.GetValueOrDefault("fps")));
    }

    [Fact]
    public async Task Without_a_name_of_the_model_none_is_sent() =>
        Assert.DoesNotContain("model", (await SendAsync(GpuServer.Order(), "vllm-omni")).Fields.Keys);

    [Theory]
    [InlineData("sglang")]
    [InlineData("vllm-omni")]
    public async Task A_request_without_a_seed_gets_one_of_its_own_at_each_attempt(string software)
    {
        var order = GpuServer.Order();

        var first = await SeedAsync(order, software);
        var again = await SeedAsync(order, software);
        var next = await SeedAsync(order with { Attempt = 2 }, software);
        var other = await SeedAsync(order with { GenerationId = "0193b0d2-0000-7000-8000-000000000002" }, software);

        Assert.Equal(first, again);
        Assert.Equal(3, new[] { first, next, other }.Distinct().Count());
        Assert.All([first, next, other], seed => Assert.InRange(seed, 0, int.MaxValue));
    }

    [Fact]
    public async Task The_seed_and_the_negative_prompt_of_the_user_are_sent_as_they_are()
    {
        var order = GpuServer.Order();

        var form = await SendAsync(
            order with { Request = order.Request with { Seed = 42, NegativePrompt = "rain" } }, "sglang");

        Assert.Equal(("42", "rain"), (form.Fields["seed"], form.Fields["negative_prompt"]));
    }

    [Theory]
    [InlineData(true, "false")]
    [InlineData(false, null)]
    public async Task Sound_is_switched_off_where_nobody_wants_it(bool isSilent, string? expected)
    {
        var order = GpuServer.Order() with { Model = "Lightricks/LTX-2" };

        var form = await SendAsync(order with { Request = order.Request with { IsSilent = isSilent } }, "vllm-omni");

        Assert.Equal(expected, form.Fields.GetValueOrDefault("generate_sound"));
    }

    [Fact]
    public async Task A_server_of_JSON_gets_the_same_fields_and_the_picture_as_a_data_URI()
    {
        using var gpu = new GpuServer(("Body", "json"), ("Provider", "sglang"));
        gpu.Http.On("POST", GpuServer.Videos, 200, GpuServer.Queued);

        await gpu.SubmitAsync(GpuServer.Order("eins + eins"));

        var sent = gpu.Http.Sent[^1];
        var body = JsonNode.Parse(sent.Body)!.AsObject();
        Assert.Equal("application/json", sent.Headers["content-type"]);
        Assert.Equal(["prompt", "seconds", "size", "seed", "input_reference"], body.Select(field => field.Key));
        Assert.Equal(("eins + eins", "5"), ((string?)body["prompt"], (string?)body["seconds"]));
        Assert.StartsWith("data:image/jpeg;base64,", (string?)body["input_reference"], StringComparison.Ordinal);
        Assert.DoesNotContain("u002B", System.Text.Encoding.UTF8.GetString(sent.Body), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("multipart")]
    [InlineData("json")]
    public async Task A_submit_needs_nothing_but_the_exchange_and_sends_the_body_that_was_planned(string body)
    {
        using var gpu = new GpuServer(("Body", body), ("Token", "secret"));
        gpu.Http.On("POST", GpuServer.Videos, 200, GpuServer.Queued);
        var planned = await gpu.PlannedAsync();
        await gpu.Store.DeleteAsync(MediaKind.Upload, "character_1.jpg", CancellationToken.None);
        gpu.Store.IsAway = true;

        Assert.IsType<SubmitOutcome.Accepted>(await planned.Submit());

        var sent = gpu.Http.Sent[^1];
        Assert.Equal(planned.Plan.BodyHash, Convert.ToHexStringLower(SHA256.HashData(sent.Body)));
        Assert.Equal("Bearer secret", sent.Headers["authorization"]);
    }

    [Fact]
    public async Task The_form_is_as_other_clients_write_it()
    {
        using var gpu = new GpuServer();
        gpu.Http.On("POST", GpuServer.Videos, 200, GpuServer.Queued);

        await gpu.SubmitAsync();

        var sent = gpu.Http.Sent[^1];
        Assert.Matches("^multipart/form-data; boundary=[0-9a-f]{40}$", sent.Headers["content-type"]);
        var text = System.Text.Encoding.Latin1.GetString(sent.Body);
        Assert.Contains("Content-Disposition: form-data; name=\"seconds\"\r\n\r\n5\r\n", text, StringComparison.Ordinal);
        Assert.Contains(
            "Content-Disposition: form-data; name=\"input_reference\"; filename=\"picture.jpeg\"\r\n", text,
            StringComparison.Ordinal);
    }

    private static RenderRequest Shaped(string shape, int width, int height)
    {
        var order = GpuServer.Order();
        return order with { Request = order.Request with { AspectRatio = shape, Width = width, Height = height } };
    }

    private static async Task<int> SeedAsync(RenderRequest order, string software) =>
        int.Parse((await SendAsync(order, software)).Fields["seed"], null);

    private static async Task<SentForm> SendAsync(RenderRequest order, string? software)
    {
        using var gpu = new GpuServer(("Provider", software));
        gpu.Http.On("POST", GpuServer.Videos, 200, GpuServer.Queued);
        Assert.IsType<SubmitOutcome.Accepted>(await gpu.SubmitAsync(order));
        return await gpu.FormAsync();
    }

    private static (int Width, int Height) SizeOf(byte[] picture)
    {
        using var image = Image.NewFromBuffer(picture);
        return (image.Width, image.Height);
    }
}
