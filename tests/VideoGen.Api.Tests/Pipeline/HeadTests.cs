using System.Net;
using VideoGen.Api.Tests.Fakes;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.Pipeline;

public sealed class HeadTests
{
    private static readonly HashSet<string> Unlike = ["Date", "Transfer-Encoding", "Content-Length"];

    [Theory]
    [InlineData("/health")]
    [InlineData("/api/health")]
    [InlineData("/docs/")]
    [InlineData("/openapi.json")]
    [InlineData("/generations")]
    [InlineData("/api/generations")]
    [InlineData("/generation/{id}")]
    [InlineData("/generation/{id}/log")]
    [InlineData("/generation/unknown")]
    [InlineData("/uploads/unknown.jpg")]
    [InlineData("/no/such/path")]
    [InlineData("/generation/{id}/events")]
    [InlineData("/events")]
    public async Task HEAD_is_answered_as_GET_is_but_without_content(string path)
    {
        await using var api = await ApiHost.StartAsync();
        var id = Guid.NewGuid().ToString();
        api.Change(Snapshots.Completed(id));
        path = path.Replace("{id}", id);

        using var get = await api.Client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        using var head = await api.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));

        Assert.Equal(get.StatusCode, head.StatusCode);
        Assert.Equal(Headers(get), Headers(head));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("/generate-video", "POST")]
    [InlineData("/upload-character", "POST")]
    public async Task HEAD_of_what_cannot_be_read_is_not_allowed(string path, string allowed)
    {
        await using var api = await ApiHost.StartAsync();

        using var head = await api.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, head.StatusCode);
        Assert.Equal([allowed], head.Content.Headers.Allow);
    }

    [Fact]
    public async Task The_methods_that_are_allowed_name_HEAD_where_they_name_GET()
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.Client.DeleteAsync("/generations");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["GET", "HEAD"], response.Content.Headers.Allow);
    }

    [Fact]
    public async Task A_connection_goes_on_after_the_HEAD_of_an_event_stream()
    {
        await using var api = await ApiHost.StartAsync();
        using var connection = await RawHttpConnection.OpenAsync(api.Client.BaseAddress!);

        await connection.SendAsync(
            "HEAD /events HTTP/1.1\r\nHost: localhost\r\n\r\nGET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        Assert.Equal(2, (await connection.ToEndAsync()).Split("HTTP/1.1 200 OK").Length - 1);
    }

    private static IEnumerable<string> Headers(HttpResponseMessage response) =>
        from header in response.Headers.Concat(response.Content.Headers)
        where !Unlike.Contains(header.Key)
        orderby header.Key
        select $"{header.Key}: {string.Join(", ", header.Value)}";
}
