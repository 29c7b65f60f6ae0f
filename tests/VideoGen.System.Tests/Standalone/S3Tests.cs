using System.Net;
using System.Net.Http.Headers;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Standalone;

/// <summary>The built program with its media in a bucket of a real server.</summary>
public sealed class S3Tests
{
    [Fact]
    public async Task A_film_goes_from_a_picture_to_its_viewers_through_a_bucket_and_an_outage_of_it_is_said()
    {
        await using var server = await S3Server.StartAsync();
        await using var api = await ApiProcess.StartAsync(
            ("VideoGen__Media__Store", "s3"),
            ("VideoGen__Media__S3__ServiceUrl", server.Url),
            ("VideoGen__Media__S3__Bucket", S3Server.Bucket),
            ("VideoGen__Media__S3__AccessKey", S3Server.AccessKey),
            ("VideoGen__Media__S3__SecretKey", S3Server.SecretKey),
            ("VideoGen__Media__S3__Prefix", "some/where"));
        using var ordered = await api.Client.GenerateAsync(""","duration":3,"quality":"512" """);
        var generation = await api.Client.EndAsync((await ordered.JsonAsync()).Text("id"));
        Assert.Equal("completed", generation.Text("status"));
        Assert.Empty(Directory.GetFiles(api.DataDirectory, "*.mp4", SearchOption.AllDirectories));

        var path = generation.Text("videoUrl");
        var film = await WholeAsync(api.Client, path);
        await RangesAsync(api.Client, path, film);
        await ValidatorsAsync(api.Client, path, film.ETag);

        await server.KillAsync();
        using (var away = await api.Client.GetAsync(path))
        {
            await away.ProblemAsync(HttpStatusCode.ServiceUnavailable, "unavailable");
            Assert.NotNull(away.Headers.RetryAfter);
        }

        await server.RestartAsync();
        Assert.Equal(film.Bytes, (await WholeAsync(api.Client, path)).Bytes);
        Assert.Equal(0, await api.StopAsync());
        Assert.DoesNotContain("AWS4-HMAC", api.Log, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(Path.Combine(api.DataDirectory, "media", "scratch")));
    }

    private static async Task<(byte[] Bytes, EntityTagHeaderValue ETag)> WholeAsync(HttpClient client, string path)
    {
        using var whole = await client.GetAsync(path);
        var bytes = await whole.Content.ReadAsByteArrayAsync();
        Assert.Equal((HttpStatusCode.OK, bytes.Length), (whole.StatusCode, whole.Content.Headers.ContentLength));
        Assert.Equal("video/mp4", whole.Content.Headers.ContentType?.ToString());
        Assert.Equal("bytes", whole.Headers.AcceptRanges.Single());
        Assert.NotNull(whole.Content.Headers.LastModified);
        Assert.Equal("ftyp"u8.ToArray(), bytes[4..8]);
        using var head = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));
        Assert.Equal((HttpStatusCode.OK, bytes.Length), (head.StatusCode, head.Content.Headers.ContentLength));
        Assert.Equal(whole.Headers.ETag, head.Headers.ETag);
        return (bytes, whole.Headers.ETag!);
    }

    private static async Task RangesAsync(HttpClient client, string path, (byte[] Bytes, EntityTagHeaderValue ETag) film)
    {
        var length = film.Bytes.Length;
        foreach (var (range, start, count) in Parts(length))
        {
            using var part = await GetAsync(client, path, ("Range", range), ("If-Range", film.ETag.ToString()));
            Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
            Assert.Equal($"bytes {start}-{start + count - 1}/{length}", part.Content.Headers.ContentRange?.ToString());
            Assert.Equal(film.Bytes[start..(start + count)], await part.Content.ReadAsByteArrayAsync());
        }

        using var beyond = await GetAsync(client, path, ("Range", $"bytes={length}-"));
        await beyond.ProblemAsync(HttpStatusCode.RequestedRangeNotSatisfiable, "range_not_satisfiable");
    }

    private static (string Range, int Start, int Count)[] Parts(int length) =>
    [
        ("bytes=0-0", 0, 1), ("bytes=100-199", 100, 100), ($"bytes={length - 7}-", length - 7, 7), ("bytes=-5", length - 5, 5),
    ];

    private static async Task ValidatorsAsync(HttpClient client, string path, EntityTagHeaderValue tag)
    {
        using var same = await GetAsync(client, path, ("If-None-Match", tag.ToString()));
        using var other = await GetAsync(client, path, ("If-None-Match", "\"other\""));
        using var since = await GetAsync(client, path, ("If-Modified-Since", DateTimeOffset.UtcNow.ToString("R")));
        using var unknown = await client.GetAsync("/videos/unknown.mp4");

        Assert.Equal((HttpStatusCode.NotModified, HttpStatusCode.OK), (same.StatusCode, other.StatusCode));
        Assert.Equal(HttpStatusCode.NotModified, since.StatusCode);
        await unknown.ProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    private static async Task<HttpResponseMessage> GetAsync(
        HttpClient client, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await client.SendAsync(request);
    }
}
