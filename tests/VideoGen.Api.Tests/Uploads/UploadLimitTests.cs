using System.Net;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.Uploads;

public sealed class UploadLimitTests
{
    private const string Limit = "VideoGen:Media:MaxUploadBytes";

    [Fact]
    public async Task A_declared_length_over_the_limit_is_refused_before_the_body_is_read()
    {
        await using var api = await ApiHost.StartAsync();
        using var connection = await RawHttpConnection.OpenAsync(api.Client.BaseAddress!);

        await connection.SendAsync(
            "POST /upload-character HTTP/1.1\r\nHost: localhost\r\nContent-Length: 314572800\r\n"
            + "Content-Type: multipart/form-data; boundary=b\r\n\r\n");

        Assert.Equal("HTTP/1.1 413 Payload Too Large", await connection.StatusLineAsync());
    }

    [Fact]
    public async Task A_client_that_sends_too_much_all_the_same_still_sees_the_answer()
    {
        await using var api = await ApiHost.StartAsync((Limit, "100000"));

        using var response = await api.Client.UploadAsync(new byte[20_000_000]);

        var problem = await response.ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "body_too_large");
        Assert.Contains("100,000 bytes", problem.Text("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, HttpStatusCode.OK)]
    [InlineData(-1, HttpStatusCode.RequestEntityTooLarge)]
    public async Task The_limit_counts_the_bytes_of_the_picture_alone(int slack, HttpStatusCode expected)
    {
        var limit = Client.Picture.Length + slack;
        await using var api = await ApiHost.StartAsync((Limit, $"{limit}"));

        using var response = await api.Client.UploadAsync(Client.Picture);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task A_body_without_a_length_is_counted_while_it_is_read()
    {
        await using var api = await ApiHost.StartAsync((Limit, "5000"));
        using var form = new MultipartFormDataContent { { new ByteArrayContent(new byte[300_000]), "character", "me.jpg" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/upload-character") { Content = form };
        request.Headers.TransferEncodingChunked = true;

        using var response = await api.Client.SendAsync(request);

        await response.ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "body_too_large");
        Assert.True(response.Headers.ConnectionClose,
            "The rest is not read, so the next request must not come on this connection.");
    }

    [Fact]
    public async Task A_body_that_nobody_reads_and_that_is_too_large_to_skip_ends_the_connection()
    {
        await using var api = await ApiHost.StartAsync();

        using var small =
            await api.Client.PostAsync($"/generation/{Guid.NewGuid()}/cancel", new ByteArrayContent(new byte[1_000]));
        using var large =
            await api.Client.PostAsync($"/generation/{Guid.NewGuid()}/cancel", new ByteArrayContent(new byte[1_000_000]));

        Assert.Equal(HttpStatusCode.NotFound, large.StatusCode);
        Assert.NotEqual(true, small.Headers.ConnectionClose);
        Assert.True(large.Headers.ConnectionClose);
    }

    [Fact]
    public async Task Fields_that_are_ignored_count_as_well()
    {
        await using var api = await ApiHost.StartAsync((Limit, "5000"));
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(new byte[300_000]), "other" },
            { new ByteArrayContent(Client.Picture), "character", "me.jpg" },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/upload-character") { Content = form };
        request.Headers.TransferEncodingChunked = true;

        using var response = await api.Client.SendAsync(request);

        await response.ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "body_too_large");
    }

    [Fact]
    public async Task More_uploads_than_may_be_held_and_wait_are_asked_to_come_again()
    {
        await using var api = await ApiHost.StartAsync(
            ("VideoGen:Media:MaxConcurrentUploads", "1"), ("VideoGen:Media:MaxWaitingUploads", "1"));
        api.Intake.Hold = new TaskCompletionSource();

        var uploads = Enumerable.Range(0, 3).Select(_ => api.Client.UploadAsync(Client.Picture)).ToList();
        var refused = await Task.WhenAny(uploads);
        api.Intake.Hold.SetResult();
        var all = await Task.WhenAll(uploads);

        await (await refused).ProblemAsync(HttpStatusCode.ServiceUnavailable, "uploads_busy");
        Assert.NotNull((await refused).Headers.RetryAfter);
        Assert.Equal(2, all.Count(response => response.StatusCode == HttpStatusCode.OK));
    }
}
