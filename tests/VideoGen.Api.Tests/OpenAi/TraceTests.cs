using System.Net;
using VideoGen.Api.Tests.Fakes;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.OpenAi;

/// <summary>Every recorded request of the official SDKs that such a server gets, sent again over HTTP.</summary>
public sealed class TraceTests(TraceHost host) : IClassFixture<TraceHost>
{
    private static readonly string[] Unsupported = ["/edits", "/extensions", "/characters"];

    /// <summary>All but what followed a redirect, which this server does not send.</summary>
    public static TheoryData<string> Recorded =>
        [.. Traces.Requests.Where(request => request.Path.StartsWith("/v1/", StringComparison.Ordinal)).Select(one => one.Name)];

    /// <summary>Those that name no picture, or one that this server cannot use.</summary>
    public static TheoryData<string> WithoutPicture => [.. Traces.Requests
        .Where(request => request.IsCreate && (WithPicture(request).Length > 0 || NamesPicture(request)))
        .Select(request => request.Name)];

    [Theory]
    [MemberData(nameof(Recorded))]
    public async Task A_recorded_request_is_answered_with_200_and_the_right_object(string name)
    {
        var recorded = Traces.Requests.Single(request => request.Name == name);
        host.PutVideos();

        using var message = recorded.ToMessage(Rewrite, WithPicture(recorded));
        using var response = await host.Api.Client.SendAsync(message);

        if (Unsupported.Any(what => recorded.Path.Contains(what, StringComparison.Ordinal)))
        {
            await response.ErrorAsync(HttpStatusCode.NotFound, "not_supported");
            return;
        }

        if (recorded.Path.Contains("video_x") || recorded.Path.Contains("a%2Fb%20c"))
        {
            await response.ErrorAsync(HttpStatusCode.NotFound, "video_not_found", "video_id");
            return;
        }

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Single(response.Headers.GetValues("x-request-id"));
        if (recorded.Path.Contains("/content"))
        {
            Assert.Equal(recorded.Path.Contains("thumbnail") ? "poster" : "video", await response.Content.ReadAsStringAsync());
            Assert.NotNull(response.Content.Headers.ContentLength);
            return;
        }

        var json = await response.JsonAsync();
        var expected = recorded.Method == "DELETE" ? "video.deleted"
            : recorded.Path.Split('?')[0] == "/v1/videos" && recorded.Method == "GET" ? "list"
            : "video";
        Assert.Equal(expected, json.Text("object"));
        if (expected == "video")
        {
            VideoTests.IsComplete(json);
        }
    }

    [Theory]
    [MemberData(nameof(WithoutPicture))]
    public async Task A_recorded_request_without_a_usable_picture_says_so(string name)
    {
        var recorded = Traces.Requests.Single(request => request.Name == name);
        var before = host.Api.Cluster.Requests.Count;

        using var message = recorded.ToMessage(text => text);
        using var response = await host.Api.Client.SendAsync(message);

        await response.ErrorAsync(
            HttpStatusCode.BadRequest,
            Sent(recorded).Contains("image_url") ? "not_an_image"
            : Sent(recorded).Contains("file-123") ? "invalid_image_url"
            : "missing_required_parameter",
            "input_reference");
        Assert.Equal("false", response.Header("x-should-retry"));
        Assert.Equal(before, host.Api.Cluster.Requests.Count);
    }

    /// <summary>What stands for a video, a picture or an upload in the records.</summary>
    private static string Rewrite(string text)
    {
        foreach (var (name, id) in TraceHost.Ids)
        {
            text = text.Replace(name, "video_" + id.Replace("-", ""), StringComparison.Ordinal);
        }

        return text
            .Replace("data:image/png;base64,AAAA", OpenAiClient.DataUrl, StringComparison.Ordinal)
            .Replace("file-123", Snapshots.Picture, StringComparison.Ordinal);
    }

    private static string[] WithPicture(Traces.RecordedRequest request) =>
        request.IsCreate && request.Form is not null && !Sent(request).Contains("input_reference")
            ? ["name=\"input_reference\"; filename=\"me.png\" | Content-Type: image/png = <70 bytes, PNG>"]
            : [];

    private static bool NamesPicture(Traces.RecordedRequest request) =>
        Sent(request).Contains("image_url") || Sent(request).Contains("file-123");

    private static string Sent(Traces.RecordedRequest request) => string.Join('\n', request.Form ?? []) + request.Body;
}
