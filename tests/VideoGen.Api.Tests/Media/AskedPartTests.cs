using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using VideoGen.Api.Media;
using VideoGen.Grains.Media;

namespace VideoGen.Api.Tests.Media;

/// <summary>What is asked of a distant store for each kind of request.</summary>
public sealed class AskedPartTests
{
    private static readonly byte[] Film = [.. Enumerable.Range(0, 250).Select(number => (byte)number)];

    private readonly List<(long Offset, long Length)> _asked = [];

    [Theory]
    [InlineData("bytes=0-0", 0, 1)]
    [InlineData("bytes=10-19", 10, 10)]
    [InlineData("bytes=-5", 245, 5)]
    [InlineData("bytes=240-900", 240, 10)]
    [InlineData(null, 0, 250)]
    public async Task Only_what_is_answered_is_asked_for(string? range, int offset, int length)
    {
        var answer = await ServeAsync(HttpMethods.Get, ("Range", range));

        Assert.Equal(Film[offset..(offset + length)], answer);
        Assert.Equal([(offset, length)], _asked);
    }

    [Theory]
    [InlineData("HEAD", "Accept", "*/*")]
    [InlineData("GET", "If-None-Match", "\"tag\"")]
    [InlineData("GET", "Range", "bytes=250-")]
    public async Task Nothing_is_asked_for_where_no_content_is_answered(string method, string header, string value)
    {
        var answer = await ServeAsync(method, (header, value));

        Assert.Empty(answer);
        Assert.Empty(_asked);
    }

    private async Task<byte[]> ServeAsync(string method, (string Name, string? Value) header)
    {
        using var body = new MemoryStream();
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var context = new DefaultHttpContext { RequestServices = services };
        context.Request.Method = method;
        context.Request.Headers[header.Name] = header.Value;
        context.Response.Body = body;
        var content = new MediaContent(null, OpenRange, Film.Length, DateTimeOffset.UnixEpoch, "tag");
        var part = new AskedPart(content, context.Response);
        await TypedResults.Stream(part, "video/mp4", null, content.LastModified, new("\"tag\""), enableRangeProcessing: true)
            .ExecuteAsync(context);
        return body.ToArray();
    }

    private Task<Stream> OpenRange(long offset, long length, CancellationToken cancellationToken)
    {
        _asked.Add((offset, length));
        return Task.FromResult<Stream>(new MemoryStream(Film, (int)offset, (int)length));
    }
}
