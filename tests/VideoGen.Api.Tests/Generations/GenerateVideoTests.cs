using System.Net;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.Generations;

public sealed class GenerateVideoTests
{
    [Fact]
    public async Task A_generation_has_the_keys_of_the_old_backend_first_and_in_their_order()
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.Client.GenerateAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(
            ["id", "characterImageUrl", "script", "duration", "quality", "videoUrl", "status", "createdAt"],
            (await response.JsonAsync()).EnumerateObject().Take(8).Select(property => property.Name));
    }

    [Fact]
    public async Task A_new_generation_is_pending_with_a_lower_case_uuid_and_a_time_in_milliseconds()
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.Client.GenerateAsync();

        var generation = await response.JsonAsync();
        Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$", generation.Text("id"));
        Assert.Equal("pending", generation.Text("status"));
        Assert.Null(generation.GetProperty("videoUrl").GetString());
        Assert.Equal("2026-11-23T01:09:16.589Z", generation.Text("createdAt"));
        Assert.Equal("/generation/" + generation.Text("id"), response.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Script_duration_and_quality_reach_the_order()
    {
        await using var api = await ApiHost.StartAsync();
        var image = await api.Client.UploadAsync();

        using var response = await api.Client.PostJsonAsync("/generate-video",
            $$"""{"characterImageUrl":"{{image}}","script":"Grüße 👋","duration":7,"quality":"1024"}""");

        var expected = new GenerationRequest("public", image["/uploads/".Length..], "Grüße 👋", 7, 1024);
        Assert.Equal(expected, Assert.Single(api.Cluster.Requests));
        Assert.Contains("Grüße", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("Grüße 👋", (await response.JsonAsync()).Text("script"));
    }

    [Fact]
    public async Task Duration_and_quality_may_be_left_out()
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.Client.GenerateAsync();

        var order = Assert.Single(api.Cluster.Requests);
        Assert.Equal((5, 768), (order.DurationSeconds, order.Side));
    }

    [Theory]
    [InlineData(""","aspectRatio":"16:9","quality":512""", "16:9", "cover", 910, 512)]
    [InlineData(""","aspectRatio":"9:16","quality":512,"fit":"contain" """, "9:16", "contain", 512, 910)]
    [InlineData(""","aspectRatio":"source","quality":512""", "source", "cover", 682, 512)]
    [InlineData(""","aspectRatio":"1:1","quality":512""", "1:1", "cover", 512, 512)]
    [InlineData(""","aspectRatio":null,"fit":null""", "1:1", "cover", 768, 768)]
    public async Task A_shape_is_passed_on_in_pixels_and_told(string more, string aspectRatio, string fit, int width, int height)
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.Client.GenerateAsync(more);

        var generation = await response.JsonAsync();
        Assert.Equal((aspectRatio, fit), (generation.Text("aspectRatio"), generation.Text("fit")));
        Assert.Equal(new FrameSize(width, height), Assert.Single(api.Cluster.Requests).Frame);
    }

    [Theory]
    [InlineData("", false, null)]
    [InlineData(""","sound":true""", false, null)]
    [InlineData(""","sound":false""", true, false)]
    public async Task Sound_is_kept_unless_the_request_says_otherwise(string more, bool isSilent, bool? told)
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.Client.GenerateAsync(more);

        var sound = (await response.JsonAsync()).GetProperty("sound");
        Assert.Equal(told, sound.ValueKind is System.Text.Json.JsonValueKind.Null ? null : sound.GetBoolean());
        Assert.Equal(isSilent, Assert.Single(api.Cluster.Requests).IsSilent);
    }

    [Fact]
    public async Task The_shape_of_a_picture_that_no_video_can_have_answers_422()
    {
        await using var api = await ApiHost.StartAsync();
        api.Intake.Size = new FrameSize(128, 1024);

        using var response = await api.Client.GenerateAsync(""","aspectRatio":"source" """);

        await response.InvalidAsync("aspectRatio");
        Assert.Empty(api.Cluster.Requests);
    }

    [Theory]
    [InlineData(""","duration":"5","quality":768""")]
    [InlineData(""","duration":5.0,"quality":"768","unknown":{"field":[1]}""")]
    [InlineData(""","duration":null,"quality":null""")]
    public async Task Lenient_input_of_old_clients_is_understood(string more)
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.Client.GenerateAsync(more);

        var generation = await response.JsonAsync();
        Assert.Equal((5, "768"), (generation.GetProperty("duration").GetInt32(), generation.Text("quality")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task JSON_is_accepted_whatever_the_client_calls_it(string? type)
    {
        await using var api = await ApiHost.StartAsync();
        var body = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(
            $$"""{"characterImageUrl":"{{await api.Client.UploadAsync()}}","script":"She waves."}"""));
        body.Headers.TryAddWithoutValidation("Content-Type", type);

        using var response = await api.Client.PostAsync("/generate-video", body);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task The_routes_answer_under_api_as_well()
    {
        await using var api = await ApiHost.StartAsync();
        var image = await api.Client.UploadAsync();

        using var response = await api.Client.PostJsonAsync(
            "/api/generate-video", $$"""{"characterImageUrl":"{{image}}","script":"She waves."}""");
        using var found = await api.Client.GetAsync(response.Headers.Location);
        using var list = await api.Client.GetAsync("/api/generations");

        Assert.StartsWith("/api/generation/", response.Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.Equal((await response.JsonAsync()).Text("id"), (await found.JsonAsync()).Text("id"));
        Assert.Equal(1, (await list.JsonAsync()).GetArrayLength());
    }

    [Fact]
    public async Task A_full_queue_answers_429_with_Retry_After()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.RetryAfter = TimeSpan.FromSeconds(12.3);

        using var response = await api.Client.GenerateAsync();

        await response.ProblemAsync(HttpStatusCode.TooManyRequests, "queue_full");
        Assert.Equal(TimeSpan.FromSeconds(13), response.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task A_full_disk_answers_507_before_anything_is_accepted()
    {
        await using var api = await ApiHost.StartAsync();
        var image = await api.Client.UploadAsync();
        api.Disk.HasRoom = false;

        using var response = await api.Client.PostJsonAsync(
            "/generate-video", $$"""{"characterImageUrl":"{{image}}","script":"She waves."}""");

        await response.ProblemAsync(HttpStatusCode.InsufficientStorage, "storage_full");
        Assert.Empty(api.Cluster.Requests);
    }

    [Fact]
    public async Task Scripts_are_never_logged()
    {
        await using var api = await ApiHost.StartAsync();

        using var accepted = await api.Client.GenerateAsync(script: "a-very-secret-script");
        api.Cluster.Trouble = new InvalidOperationException("broken");
        using var failed = await api.Client.GenerateAsync(script: "a-very-secret-script");

        Assert.NotEmpty(api.Log.Lines);
        Assert.DoesNotContain(api.Log.Lines, line => line.Text.Contains("secret-script", StringComparison.Ordinal));
    }
}
