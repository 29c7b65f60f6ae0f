using System.Net;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.Pipeline;

/// <summary>Clients that take their time, on a server that has little patience.</summary>
public sealed class SlowClientTests
{
    private const string Post =
        "POST /generate-video HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{";

    [Fact]
    public async Task A_body_that_stops_half_way_is_cut_off()
    {
        await using var api = await ApiHost.StartAsync(("VideoGen:Http:Grace", "00:00:02"));
        using var connection = await RawHttpConnection.OpenAsync(api.Client.BaseAddress!);

        await connection.SendAsync(Post);

        var answer = await connection.ToEndAsync();
        Assert.StartsWith("HTTP/1.1 408 Request Timeout", answer, StringComparison.Ordinal);
        Assert.Contains("request_timeout", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_head_that_stops_half_way_is_cut_off()
    {
        await using var api = await ApiHost.StartAsync(("VideoGen:Http:HeadersTimeout", "00:00:01"));
        using var connection = await RawHttpConnection.OpenAsync(api.Client.BaseAddress!);

        await connection.SendAsync("GET /generations HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");

        Assert.Equal("HTTP/1.1 408 Request Timeout", await connection.StatusLineAsync());
    }

    [Fact]
    public async Task A_request_that_does_not_come_to_an_end_is_ended()
    {
        await using var api = await ApiHost.StartAsync(("VideoGen:Http:RequestTimeout", "00:00:01"));
        using var connection = await RawHttpConnection.OpenAsync(api.Client.BaseAddress!);

        await connection.SendAsync(Post);

        Assert.Equal("HTTP/1.1 408 Request Timeout", await connection.StatusLineAsync());
    }

    [Fact]
    public async Task An_event_stream_with_nothing_to_say_outlives_every_one_of_these_limits()
    {
        await using var api = await ApiHost.StartAsync(
            ("VideoGen:Http:Grace", "00:00:02"), ("VideoGen:Http:RequestTimeout", "00:00:01"),
            ("VideoGen:Http:HeadersTimeout", "00:00:01"),
            ("VideoGen:Live:Heartbeat", "00:00:00.100"));
        await using var stream = await api.Client.GetStreamAsync("/events");
        using var reader = new StreamReader(stream);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        for (var heartbeats = 0; heartbeats < 40;)
        {
            var line = await reader.ReadLineAsync(patience.Token);
            Assert.NotNull(line);
            heartbeats += line == ": heartbeat" ? 1 : 0;
        }
    }

    [Fact]
    public async Task An_upload_that_stalls_keeps_nobody_from_uploading()
    {
        await using var api = await ApiHost.StartAsync(
            ("VideoGen:Media:MaxConcurrentUploads", "1"), ("VideoGen:Media:MaxWaitingUploads", "0"));
        using var slow = await RawHttpConnection.OpenAsync(api.Client.BaseAddress!);
        await slow.SendAsync(
            "POST /upload-character HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\nContent-Type: multipart/form-data; boundary=b\r\n\r\n"
            + "--b\r\nContent-Disposition: form-data; name=\"character\"; filename=\"a.jpg\"\r\n\r\nabc");

        using var response = await api.Client.UploadAsync(Client.Picture);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_picture_that_does_not_fit_into_memory_on_its_way_arrives_whole()
    {
        await using var api = await ApiHost.StartAsync();
        var picture = new byte[3_000_000];
        Random.Shared.NextBytes(picture);
        Client.Picture.AsSpan(0, 16).CopyTo(picture);

        using var response = await api.Client.UploadAsync(picture);

        Assert.Equal(picture, await api.Client.GetByteArrayAsync((await response.JsonAsync()).Text("imageUrl")));
    }

    [Theory]
    [InlineData(65, 10, "HTTP/1.1 431 Request Header Fields Too Large")]
    [InlineData(10, 5000, "HTTP/1.1 431 Request Header Fields Too Large")]
    [InlineData(10, 100, "HTTP/1.1 200 OK")]
    public async Task The_head_of_a_request_is_bounded(int count, int length, string expected)
    {
        await using var api = await ApiHost.StartAsync();
        using var connection = await RawHttpConnection.OpenAsync(api.Client.BaseAddress!);
        var headers = string.Concat(Enumerable.Range(0, count).Select(i => $"X-{i}: {new string('a', length)}\r\n"));

        await connection.SendAsync($"GET /health HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n");

        Assert.Equal(expected, await connection.StatusLineAsync());
    }
}
