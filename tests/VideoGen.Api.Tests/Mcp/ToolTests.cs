using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using VideoGen.Api.Tests.Fakes;
using VideoGen.Api.Tests.OpenAi;
using VideoGen.Grains.Characters;
using VideoGen.Grains.Media;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.Mcp;

public sealed class ToolTests
{
    private const string Address = "/uploads/character_1.jpg";

    [Fact]
    public async Task The_tools_are_those_of_the_design_and_say_what_costs_money()
    {
        await using var api = await ApiHost.StartAsync();
        await using var agent = await Agent.ConnectAsync(api.Client);

        var tools = await agent.Client.ListToolsAsync();

        Assert.Equal(
            ["list_models", "generate_video", "get_video", "wait_for_video", "cancel_video", "list_videos",
                "list_characters", "create_storyboard", "get_storyboard"],
            tools.Select(tool => tool.Name));
        Assert.All(tools, tool => Assert.Matches("(?i)costs (money|nothing)", tool.Description));
        Assert.Equal("VideoGen", agent.Client.ServerInfo!.Name);
        Assert.Contains("idempotency_key", agent.Client.ServerInstructions, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_character_takes_the_place_of_a_picture()
    {
        await using var api = await ApiHost.StartAsync();
        await using var agent = await Agent.ConnectAsync(api.Client);
        var picture = "character_1.jpg";
        await api.Media.SaveAsync(
            MediaKind.Upload, picture, (to, token) => to.WriteAsync("jpeg"u8.ToArray(), token).AsTask(), default);
        var ada = new CharacterSnapshot(
            Orders.NewId(), MediaOwner.Public, 2, "Ada", "In a red coat.", [picture], Snapshots.Created, Snapshots.Created);
        api.Cluster.Characters[ada.Id] = ada;

        var listed = (await agent.CallAsync("list_characters")).GetProperty("characters")[0];
        var ordered = await agent.CallAsync("generate_video", ("character_id", listed.Text("id")), ("prompt", "She waves."));

        Assert.Equal(("Ada", 1), (listed.Text("name"), listed.GetProperty("pictures").GetInt32()));
        var request = api.Cluster.Find(ordered.Text("id"))!.Request;
        Assert.Equal(
            (picture, "In a red coat.\n\nShe waves.", 2),
            (request.CharacterImage, request.Prompt, request.Character!.Version));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("2025-11-25")]
    [InlineData("2025-06-18")]
    public async Task A_video_is_ordered_waited_for_and_read_in_every_revision_of_the_protocol(string? version)
    {
        await using var api = await ApiHost.StartAsync();
        await using var agent = await Agent.ConnectAsync(api.Client, version: version);

        var ordered = await agent.CallAsync(
            "generate_video", ("picture", OpenAiClient.DataUrl), ("prompt", "A calm sea"), ("seconds", 4),
            ("aspect_ratio", "9:16"), ("quality", "512"), ("idempotency_key", "order-1"));

        var id = ordered.Text("id");
        var request = api.Cluster.Find(id)!.Request;
        Assert.Equal(
            ("A calm sea", 4, 512, 910, "9:16"),
            (request.Script, request.DurationSeconds, request.Width, request.Height, request.AspectRatio));
        Assert.Equal(
            ("pending", "A calm sea", 4),
            (ordered.Text("status"), ordered.Text("prompt"), ordered.GetProperty("seconds").GetInt32()));

        var waiting = agent.CallAsync("wait_for_video", ("id", id), ("timeout_seconds", 60));
        await Eventually.GetAsync(() => Task.FromResult(api.Hub.Topics.Count), count => count > 0, _ => "It does not wait.");
        api.Change(Snapshots.Completed(id));
        var film = Snapshots.Completed(id).Film!;
        await api.Media.SaveAsync(
            MediaKind.Video, film.Video, (to, token) => to.WriteAsync("the video"u8.ToArray(), token).AsTask(), default);

        var completed = await waiting;
        Assert.Equal(("completed", id), (completed.Text("status"), completed.Text("id")));
        Assert.Equal($"{api.Client.BaseAddress!.GetLeftPart(UriPartial.Authority)}/videos/{id}.mp4", completed.Text("video_url"));
        using var download = await api.Client.GetAsync(completed.Text("video_url"));
        Assert.Equal("the video", await download.Content.ReadAsStringAsync());

        var got = await agent.AskAsync("get_video", ("id", id));
        var link = Assert.IsType<ResourceLinkBlock>(got.Content[1]);
        var read = await agent.Client.ReadResourceAsync(link.Uri);
        Assert.Equal("the video"u8, Assert.IsType<BlobResourceContents>(Assert.Single(read.Contents)).DecodedData.Span);
        Assert.Contains(link.Uri, (await agent.Client.ListResourcesAsync()).Select(resource => resource.Uri));
        Assert.Equal(2, (await agent.Client.ListResourceTemplatesAsync()).Count);
    }

    [Fact]
    public async Task The_picture_may_be_base64_or_an_own_upload()
    {
        await using var api = await ApiHost.StartAsync();
        await using var agent = await Agent.ConnectAsync(api.Client);

        var named = await agent.CallAsync("generate_video", ("picture", Address), ("prompt", "A calm sea"));
        var sent = await agent.CallAsync(
            "generate_video", ("picture", Convert.ToBase64String(OpenAiClient.Png)), ("prompt", "A calm sea"));

        Assert.Equal("character_1.jpg", api.Cluster.Find(named.Text("id"))!.Request.CharacterImage);
        Assert.NotEqual("character_1.jpg", api.Cluster.Find(sent.Text("id"))!.Request.CharacterImage);
    }

    [Fact]
    public async Task The_same_key_and_call_are_the_same_video_and_another_call_is_refused()
    {
        await using var api = await ApiHost.StartAsync();
        await using var agent = await Agent.ConnectAsync(api.Client);
        (string, object?)[] call = [("picture", OpenAiClient.DataUrl), ("prompt", "A calm sea"), ("idempotency_key", "mine")];

        var first = await agent.CallAsync("generate_video", call);
        var again = await agent.CallAsync("generate_video", call);
        var refused = await agent.FailAsync(
            "generate_video", ("picture", Address), ("prompt", "Something else"), ("idempotency_key", "mine"));

        Assert.Equal(first.Text("id"), again.Text("id"));
        Assert.Equal("idempotency_key_reused", refused.Text("code"));
        Assert.Single(await api.Client.ListAsync());
    }

    [Theory]
    [InlineData("seconds", 60, "seconds must be a whole number of seconds from 3 to 10.")]
    [InlineData("prompt", " ", "prompt must not be blank.")]
    [InlineData("aspect_ratio", "2:1", "aspect_ratio must be")]
    [InlineData("quality", "4k", "quality must be")]
    [InlineData("picture", "https://elsewhere.example/a.png", "Addresses of other servers are not fetched.")]
    [InlineData("picture", null, "picture is required")]
    [InlineData("idempotency_key", "with space", "idempotency_key must have")]
    [InlineData("model", "dall-e", "model must be")]
    public async Task A_wrong_argument_is_named_in_the_error_of_the_tool(string name, object? value, string sentence)
    {
        await using var api = await ApiHost.StartAsync();
        await using var agent = await Agent.ConnectAsync(api.Client);
        var arguments = new Dictionary<string, object?> { ["picture"] = Address, ["prompt"] = "A calm sea", [name] = value };

        var error = await agent.FailAsync(
            "generate_video", [.. arguments.Select(argument => (argument.Key, argument.Value))]);

        Assert.Equal("validation_failed", error.Text("code"));
        Assert.Contains(sentence, error.Text("message"), StringComparison.Ordinal);
        Assert.Equal([name], error.GetProperty("arguments").EnumerateArray().Select(argument => argument.GetString()!));
        Assert.Empty(await api.Client.ListAsync());
    }

    [Theory]
    [InlineData("get_video", "id", "", "id is required")]
    [InlineData("get_video", "video_id", Agent.Id, "It takes id.")]
    [InlineData("get_video", "id", Agent.Id, "There is no video with this id.")]
    [InlineData("cancel_video", "id", "../..", "There is no video with this id.")]
    [InlineData("wait_for_video", "id", Agent.Id, "There is no video with this id.")]
    [InlineData("list_videos", "limit", "500", "limit must be a whole number from 1 to 100.")]
    [InlineData("list_models", "filter", "all", "It takes none.")]
    public async Task A_malformed_call_gets_a_clear_error(string tool, string name, string value, string sentence)
    {
        await using var api = await ApiHost.StartAsync();
        await using var agent = await Agent.ConnectAsync(api.Client);

        var error = await agent.FailAsync(tool, (name, value.Length == 0 ? null : value));

        Assert.Contains(sentence, error.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tool_that_does_not_exist_is_an_error_of_the_protocol()
    {
        await using var api = await ApiHost.StartAsync();
        await using var agent = await Agent.ConnectAsync(api.Client);

        var error = await Assert.ThrowsAsync<McpProtocolException>(() => agent.AskAsync("make_coffee"));

        Assert.Contains("generate_video", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_in_trouble_is_said_in_a_sentence_and_when_to_call_again()
    {
        await using var api = await ApiHost.StartAsync();
        await using var agent = await Agent.ConnectAsync(api.Client);
        api.Cluster.Trouble = new TimeoutException();

        var error = await agent.FailAsync("generate_video", ("picture", Address), ("prompt", "A calm sea"));

        Assert.Equal(("unavailable", true, 5),
            (error.Text("code"), error.GetProperty("retryable").GetBoolean(),
            error.GetProperty("retry_after_seconds").GetInt32()));
    }

    [Fact]
    public async Task Videos_are_listed_in_pages_and_canceled()
    {
        await using var api = await ApiHost.StartAsync();
        await using var agent = await Agent.ConnectAsync(api.Client);
        for (var i = 0; i < 3; i++)
        {
            await agent.CallAsync("generate_video", ("picture", Address), ("prompt", $"Number {i}"));
        }

        var first = await agent.CallAsync("list_videos", ("limit", 2), ("status", "pending"));
        var second = await agent.CallAsync(
            "list_videos", ("limit", 2), ("status", "pending"), ("cursor", first.Text("next_cursor")));
        var videos = first.GetProperty("videos").EnumerateArray().Concat(second.GetProperty("videos").EnumerateArray()).ToList();
        Assert.Equal(["Number 2", "Number 1", "Number 0"], videos.Select(video => video.Text("prompt")));
        Assert.False(second.TryGetProperty("next_cursor", out _));

        var id = videos[0].Text("id");
        Assert.Equal(id, (await agent.CallAsync("cancel_video", ("id", id))).Text("id"));
        Assert.Equal(
            ["submit", "submit", "submit", "cancel"],
            api.Log.Lines.Where(line => line.Text.StartsWith("Audit: ", StringComparison.Ordinal))
                .Select(line => line.Text.Split(' ')[1]));
    }

    [Fact]
    public async Task The_models_are_those_of_the_native_api()
    {
        await using var api = await ApiHost.StartAsync();
        await using var agent = await Agent.ConnectAsync(api.Client);
        using var native = await api.Client.GetAsync("/models");

        var models = await agent.CallAsync("list_models");

        Assert.Equal(
            (await native.JsonAsync()).EnumerateArray().Select(model => model.Text("id")),
            models.GetProperty("models").EnumerateArray().Select(model => model.Text("id")));
    }
}
