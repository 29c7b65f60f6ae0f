using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using VideoGen.Api.Tests.Authentication;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.Mcp;

/// <summary>What the endpoint adds to the protocol's server: owners, origins, sessions and limits of messages.</summary>
public sealed class McpEndpointTests
{
    private const string Generate = "{\"name\":\"generate_video\",\"arguments\":{\"picture\":\"/uploads/character_1.jpg\","
        + "\"prompt\":\"A calm sea\"}}";

    [Fact]
    public async Task An_unknown_key_is_refused_and_owners_see_only_their_own()
    {
        using var box = new KeyBox();
        var (alice, bob) = (box.Add("alice"), box.Add("bob"));
        await using var api = await ApiHost.StartAsync(box.Setting);
        await using var ofAlice = await Agent.ConnectAsync(api.Client, alice);
        await using var ofBob = await Agent.ConnectAsync(api.Client, bob);
        var picture = Convert.ToBase64String(OpenAi.OpenAiClient.Png);
        var id = (await ofAlice.CallAsync("generate_video", ("picture", picture), ("prompt", "A calm sea"))).Text("id");

        Assert.Empty((await ofBob.CallAsync("list_videos")).GetProperty("videos").EnumerateArray());
        Assert.Equal("generation_not_found", (await ofBob.FailAsync("get_video", ("id", id))).Text("code"));
        Assert.Equal("generation_not_found", (await ofBob.FailAsync("cancel_video", ("id", id))).Text("code"));
        Assert.Single((await ofAlice.CallAsync("list_videos")).GetProperty("videos").EnumerateArray());
        var refused = await Assert.ThrowsAnyAsync<HttpRequestException>(() => Agent.ConnectAsync(api.Client, "vg_unknown"));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Fact]
    public async Task The_same_id_in_one_session_is_the_same_call()
    {
        await using var api = await ApiHost.StartAsync();
        var session = await InitializeAsync(api);

        var first = await CallAsync(api, session, "7");
        var again = await CallAsync(api, session, "7");
        var next = await CallAsync(api, session, "8");
        var text = await CallAsync(api, session, "\"7\"");
        var elsewhere = await CallAsync(api, await InitializeAsync(api), "7");

        Assert.Equal(first, again);
        Assert.Equal(4, new[] { first, next, text, elsewhere }.Distinct().Count());
    }

    [Fact]
    public async Task A_session_outlives_the_process()
    {
        string session;
        await using (var before = await ApiHost.StartAsync())
        {
            session = await InitializeAsync(before);
        }

        await using var after = await ApiHost.StartAsync();
        Assert.NotEmpty(await CallAsync(after, session, "1"));
    }

    [Theory]
    [InlineData("http://localhost:6274", false, HttpStatusCode.OK)]
    [InlineData("https://evil.example", false, HttpStatusCode.Forbidden)]
    [InlineData("null", false, HttpStatusCode.Forbidden)]
    [InlineData("https://evil.example", true, HttpStatusCode.OK)]
    [InlineData("", false, HttpStatusCode.Forbidden)]
    public async Task A_page_of_another_site_needs_a_key(string origin, bool hasKeys, HttpStatusCode status)
    {
        using var box = new KeyBox();
        var key = hasKeys ? box.Add("alice") : null;
        await using var api = hasKeys ? await ApiHost.StartAsync(box.Setting) : await ApiHost.StartAsync();
        using var request = Message("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}");
        request.Headers.TryAddWithoutValidation("Origin", origin);
        request.Headers.Authorization = key is null ? null : new("Bearer", key);

        using var response = await api.Client.SendAsync(request);

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task Listed_origins_are_the_only_ones()
    {
        await using var api = await ApiHost.StartAsync(("VideoGen:Http:Origins", "https://app.example"));
        foreach (var (origin, status) in new[]
        {
            ("https://app.example", HttpStatusCode.OK), ("http://localhost", HttpStatusCode.Forbidden),
        })
        {
            using var request = Message("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}");
            request.Headers.Add("Origin", origin);
            using var response = await api.Client.SendAsync(request);
            Assert.Equal(status, response.StatusCode);
        }
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"tools/list\"}")]
    [InlineData("\"initialize\"")]
    public async Task Rubbish_gets_a_400(string body)
    {
        await using var api = await ApiHost.StartAsync();
        using var request = Message(body);
        using var response = await api.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.DoesNotContain(api.Log.Lines, line => line.Level >= LogLevel.Error);
    }

    [Fact]
    public async Task A_message_above_the_limit_is_refused_before_it_is_read()
    {
        await using var api = await ApiHost.StartAsync(("VideoGen:Media:MaxUploadBytes", "100000"));
        using var request = Message(new string(' ', 300_000));
        using var response = await api.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("body_too_large", (await response.JsonAsync()).Text("code"));
    }

    [Fact]
    public async Task A_large_message_counts_as_an_upload()
    {
        await using var api = await ApiHost.StartAsync(("VideoGen:Limits:UploadBytesPerHour", "100000"));
        using var first = await api.Client.SendAsync(Message(new string(' ', 90_000)));
        using var response = await api.Client.SendAsync(Message(new string(' ', 90_000)));

        Assert.Equal(HttpStatusCode.BadRequest, first.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal("limit_reached", (await response.JsonAsync()).Text("code"));
    }

    [Fact]
    public async Task A_picture_above_the_limit_is_an_error_of_the_tool()
    {
        await using var api = await ApiHost.StartAsync(("VideoGen:Media:MaxUploadBytes", "100000"));
        await using var agent = await Agent.ConnectAsync(api.Client);

        var error = await agent.FailAsync(
            "generate_video", ("picture", Convert.ToBase64String(new byte[100_001])), ("prompt", "A calm sea"));

        Assert.Equal("body_too_large", error.Text("code"));
    }

    [Fact]
    public async Task There_is_no_stream_without_a_message()
    {
        await using var api = await ApiHost.StartAsync();
        using var response = await api.Client.GetAsync("/mcp");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    private static async Task<string> InitializeAsync(ApiHost api)
    {
        using var request = Message("{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
            + "\"2025-06-18\",\"capabilities\":{},\"clientInfo\":{\"name\":\"test\",\"version\":\"1\"}}}");
        using var response = await api.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return response.Headers.GetValues("Mcp-Session-Id").Single();
    }

    /// <summary>Returns the id of the video.</summary>
    private static async Task<string> CallAsync(ApiHost api, string session, string id)
    {
        using var request = Message($"{{\"jsonrpc\":\"2.0\",\"id\":{id},\"method\":\"tools/call\",\"params\":{Generate}}}");
        request.Headers.Add("Mcp-Session-Id", session);
        request.Headers.Add("MCP-Protocol-Version", "2025-06-18");
        using var response = await api.Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.False(response.Headers.Contains("Mcp-Session-Id"));
        Assert.True(response.IsSuccessStatusCode, text);
        var data = text.Split('\n').Single(line => line.StartsWith("data:", StringComparison.Ordinal))["data:".Length..];
        return JsonDocument.Parse(data).RootElement
            .GetProperty("result").GetProperty("structuredContent").Text("id");
    }

    private static HttpRequestMessage Message(string body) => new(HttpMethod.Post, "/mcp")
    {
        Content = new StringContent(body, Encoding.UTF8, "application/json"),
        Headers = { { "Accept", "application/json, text/event-stream" } },
    };
}
