using System.Net;
using VideoGen.Grains.Media;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.Media;

public sealed class MediaTests
{
    private static readonly byte[] Film = [.. Enumerable.Range(0, 1000).Select(number => (byte)number)];

    [Theory]
    [InlineData(MediaKind.Video, "a.mp4", "/videos/a.mp4", "video/mp4")]
    [InlineData(MediaKind.Video, "a.jpg", "/videos/a.jpg", "image/jpeg")]
    [InlineData(MediaKind.Upload, "a.jpg", "/uploads/a.jpg", "image/jpeg")]
    public async Task A_file_is_served_with_its_type_and_validators(MediaKind kind, string name, string path, string type)
    {
        await using var api = await ApiHost.StartAsync();
        await StoreAsync(api, kind, name);

        using var response = await api.Client.GetAsync(path);

        Assert.Equal(Film, await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(type, response.Content.Headers.ContentType?.ToString());
        Assert.Matches("^\"[^\"]+\"$", response.Headers.ETag?.ToString());
        Assert.NotNull(response.Content.Headers.LastModified);
        Assert.Equal("bytes", response.Headers.AcceptRanges.Single());
        Assert.Equal("public, max-age=31536000, immutable", Header(response, "Cache-Control"));
        Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
        Assert.Equal("cross-origin", Header(response, "Cross-Origin-Resource-Policy"));
    }

    [Fact]
    public async Task A_file_that_is_deleted_while_it_is_asked_for_is_there_or_is_not()
    {
        await using var api = await ApiHost.StartAsync();
        for (var round = 0; round < 100; round++)
        {
            var name = $"{round}.mp4";
            await StoreAsync(api, MediaKind.Video, name);
            var asked = Enumerable.Range(0, 4).Select(_ => api.Client.GetAsync("/videos/" + name)).ToList();
            await api.Media.DeleteAsync(MediaKind.Video, name, default);

            foreach (var answer in await Task.WhenAll(asked))
            {
                Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound, $"{answer.StatusCode}");
                Assert.Equal(answer.IsSuccessStatusCode, answer.Headers.ETag is not null);
                answer.Dispose();
            }
        }
    }

    [Fact]
    public async Task A_picture_cached_without_an_origin_can_be_used_on_a_canvas()
    {
        await using var api = await ApiHost.StartAsync();
        await StoreAsync(api, MediaKind.Upload, "a.jpg");

        using var response = await api.Client.GetAsync("/uploads/a.jpg");

        Assert.Equal("*", Header(response, "Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("items=0-1")]
    [InlineData("seconds=0-9")]
    [InlineData("bytes")]
    [InlineData("items=999999-")]
    public async Task A_range_in_a_unit_that_is_not_known_is_ignored(string range)
    {
        await using var api = await ApiHost.StartAsync();
        await StoreAsync(api, MediaKind.Video, "a.mp4");

        using var response = await GetAsync(api, ("Range", range));

        Assert.Equal((HttpStatusCode.OK, 1000), (response.StatusCode, response.Content.Headers.ContentLength));
        Assert.Null(response.Content.Headers.ContentRange);
    }

    [Fact]
    public async Task HEAD_says_what_GET_would_without_the_content()
    {
        await using var api = await ApiHost.StartAsync();
        await StoreAsync(api, MediaKind.Video, "a.mp4");

        using var response = await api.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/videos/a.mp4"));

        Assert.Equal((HttpStatusCode.OK, 1000), (response.StatusCode, response.Content.Headers.ContentLength));
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("bytes=0-9", 0, 10, "bytes 0-9/1000")]
    [InlineData("bytes=990-", 990, 10, "bytes 990-999/1000")]
    [InlineData("bytes=-5", 995, 5, "bytes 995-999/1000")]
    [InlineData("bytes=998-5000", 998, 2, "bytes 998-999/1000")]
    public async Task A_range_answers_206_with_that_part(string range, int start, int length, string contentRange)
    {
        await using var api = await ApiHost.StartAsync();
        await StoreAsync(api, MediaKind.Video, "a.mp4");

        using var response = await GetAsync(api, ("Range", range));

        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal(contentRange, response.Content.Headers.ContentRange?.ToString());
        Assert.Equal(Film[start..(start + length)], await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_range_beyond_the_end_answers_416_with_the_length()
    {
        await using var api = await ApiHost.StartAsync();
        await StoreAsync(api, MediaKind.Video, "a.mp4");

        using var response = await GetAsync(api, ("Range", "bytes=1000-"));

        await response.ProblemAsync(HttpStatusCode.RequestedRangeNotSatisfiable, "range_not_satisfiable");
        Assert.Equal("bytes */1000", response.Content.Headers.ContentRange?.ToString());
        Assert.NotEqual("public, max-age=31536000, immutable", Header(response, "Cache-Control"));
    }

    [Fact]
    public async Task Another_film_than_the_client_insists_on_answers_412()
    {
        await using var api = await ApiHost.StartAsync();
        await StoreAsync(api, MediaKind.Video, "a.mp4");

        using var response = await GetAsync(api, ("If-Match", "\"other\""));

        await response.ProblemAsync(HttpStatusCode.PreconditionFailed, "precondition_failed");
        Assert.NotEqual("public, max-age=31536000, immutable", Header(response, "Cache-Control"));
    }

    [Theory]
    [InlineData(true, HttpStatusCode.PartialContent)]
    [InlineData(false, HttpStatusCode.OK)]
    public async Task If_Range_gives_the_part_only_of_the_same_film(bool same, HttpStatusCode expected)
    {
        await using var api = await ApiHost.StartAsync();
        await StoreAsync(api, MediaKind.Video, "a.mp4");
        using var whole = await GetAsync(api);

        using var response = await GetAsync(
            api, ("Range", "bytes=0-9"), ("If-Range", same ? whole.Headers.ETag!.ToString() : "\"other\""));

        Assert.Equal(expected, response.StatusCode);
    }

    [Theory]
    [InlineData(true, HttpStatusCode.NotModified)]
    [InlineData(false, HttpStatusCode.OK)]
    public async Task If_None_Match_answers_304_for_the_same_film(bool same, HttpStatusCode expected)
    {
        await using var api = await ApiHost.StartAsync();
        await StoreAsync(api, MediaKind.Video, "a.mp4");
        using var whole = await GetAsync(api);

        using var response = await GetAsync(api, ("If-None-Match", same ? whole.Headers.ETag!.ToString() : "\"other\""));

        Assert.Equal(expected, response.StatusCode);
    }

    [Theory]
    [InlineData("/videos/unknown.mp4")]
    [InlineData("/uploads/..%2f..%2fetc%2fpasswd")]
    [InlineData("/uploads/a.mp4.exe")]
    [InlineData("/originals/a.mp4")]
    [InlineData("/api/videos/a.mp4")]
    [InlineData("/uploads/")]
    public async Task What_is_not_served_answers_404_and_is_not_cached(string path)
    {
        await using var api = await ApiHost.StartAsync();
        await StoreAsync(api, MediaKind.Original, "a.mp4");
        await StoreAsync(api, MediaKind.Video, "a.mp4");

        using var response = await api.Client.GetAsync(path);

        await response.ProblemAsync(HttpStatusCode.NotFound, "not_found");
        Assert.Null(Header(response, "Cache-Control"));
    }

    private static Task<StoredMedia> StoreAsync(ApiHost api, MediaKind kind, string name) => api.Media.SaveAsync(
        kind, name, (stream, token) => stream.WriteAsync(Film, token).AsTask(), CancellationToken.None);

    private static async Task<HttpResponseMessage> GetAsync(ApiHost api, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/videos/a.mp4");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await api.Client.SendAsync(request);
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
}
