using System.Text.Json;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Dialects;

/// <summary>The official clients for JavaScript, unchanged, against the real server.</summary>
public sealed class NodeClientTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private string Picture
    {
        get
        {
            var path = Path.Combine(_folder.Path, "me.jpg");
            File.WriteAllBytes(path, Client.Picture);
            return path;
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("6")]
    [InlineData("7")]
    public async Task The_client_of_OpenAI_creates_polls_downloads_lists_remixes_and_deletes(string major)
    {
        await using var api = await ApiProcess.StartAsync();

        var said = await NodeClient.RunAsync("openai.js", major, Address(api, "/v1"), "journey", Picture);

        Assert.Equal(("queued", "completed", "512x512", "image/jpeg"),
            (said.Text("created"), said.Text("status"), said.Text("size"), said.Text("thumbnail")));
        Assert.True(said.GetProperty("bytes").GetInt32() > 10_000);
        Assert.True(said.GetProperty("remixed").GetBoolean());
        Assert.True(said.GetProperty("deleted").GetBoolean());
        Assert.Equal(["At night", "A calm sea"], Texts(said, "listed"));
        Assert.Contains("sora-2", Texts(said, "models"));
        Assert.Equal(
            [
                "BadRequestError 400 invalid_value prompt", "NotFoundError 404 video_not_found video_id",
                "BadRequestError 400 missing_required_parameter input_reference", "BadRequestError 400 model_not_found model",
                null,    // a server without keys takes any
            ],
            Texts(said, "errors"));
    }

    [Fact]
    public async Task The_client_of_the_Model_Context_Protocol_orders_waits_and_reads()
    {
        await using var api = await ApiProcess.StartAsync();

        var said = await NodeClient.RunAsync("mcp.js", Address(api, "/mcp"), "journey", Picture, "journey");

        Assert.Equal(9, said.GetProperty("tools").GetArrayLength());
        Assert.Equal("completed", said.Text("status"));
        Assert.True(said.GetProperty("grows").GetBoolean());
        using var video = await api.Client.GetAsync(said.Text("url"));
        Assert.Equal(video.Content.Headers.ContentLength, said.GetProperty("bytes").GetInt32());
        var wrong = said.GetProperty("wrong");
        Assert.True(wrong.GetProperty("isError").GetBoolean());
        Assert.Equal(
            "seconds must be a whole number of seconds from 3 to 10.", wrong.GetProperty("error").Text("message"));
    }

    [Fact]
    public async Task An_agent_that_is_killed_after_its_order_comes_back_and_finds_the_one_video()
    {
        await using var hub = await Hub.StartAsync(queueSeconds: 600);
        await using var api = await ApiProcess.StartAsync(hub.Settings("fal-ai"));

        var before = await NodeClient.RunUntilItSpeaksAsync("mcp.js", Address(api, "/mcp"), "order", Picture, "mine");
        await api.KillAsync();
        await api.RestartAsync();
        var after = await NodeClient.RunAsync("mcp.js", Address(api, "/mcp"), "comeBack", Picture, "mine");

        Assert.Equal(before.Text("id"), after.Text("id"));
        Assert.Equal([before.Text("id")], Texts(after, "listed"));
    }

    private static string Address(ApiProcess api, string path) => new Uri(api.Client.BaseAddress!, path).AbsoluteUri;

    private static IEnumerable<string?> Texts(JsonElement said, string name) =>
        said.GetProperty(name).EnumerateArray().Select(item => item.GetString());
}
