using System.Net;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Standalone;

/// <summary>The whole way from a picture to a film, through the built program.</summary>
public sealed class FilmTests(RunningApi api) : IClassFixture<RunningApi>
{
    [Fact]
    public async Task Without_a_token_a_real_film_of_the_asked_length_and_size_comes_out()
    {
        using var ordered = await api.Client.GenerateAsync(""","duration":3,"quality":"512" """);

        var generation = await api.Client.EndAsync((await ordered.JsonAsync()).Text("id"));

        Assert.Equal("completed", generation.Text("status"));
        Assert.True(generation.GetProperty("preview").GetBoolean());
        var film = generation.GetProperty("film");
        Assert.Equal((512, 512), (film.GetProperty("width").GetInt32(), film.GetProperty("height").GetInt32()));
        Assert.Equal(3, film.GetProperty("durationSeconds").GetDouble(), tolerance: 0.09);
        var bytes = await api.Client.GetByteArrayAsync(generation.Text("videoUrl"));
        Assert.Equal(film.GetProperty("bytes").GetInt64(), bytes.Length);
        Assert.Equal("ftyp"u8.ToArray(), bytes[4..8]);
        var poster = await api.Client.GetByteArrayAsync(generation.Text("posterUrl"));
        Assert.Equal([0xFF, 0xD8, 0xFF], poster[..3]);
    }

    [Fact]
    public async Task Generations_are_listed_strictly_newest_accepted_first()
    {
        List<string> ids = [];
        for (var count = 0; count < 12; count++)
        {
            using var ordered = await api.Client.GenerateAsync(""","duration":3,"quality":"512" """);
            ids.Insert(0, (await ordered.JsonAsync()).Text("id"));

            // Their order is all that counts: no core is kept busy with the films.
            using var canceled = await api.Client.PostAsync($"/generation/{ids[0]}/cancel", null);
        }

        using var list = await api.Client.GetAsync("/generations?limit=100");

        var listed = (await list.JsonAsync()).EnumerateArray().Select(generation => generation.Text("id"));
        Assert.Equal(ids, listed.Where(ids.Contains));
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "image/svg+xml")]
    [InlineData("<!doctype html><script>alert(1)</script>", "image/png")]
    [InlineData("", "image/jpeg")]
    public async Task What_only_says_that_it_is_a_picture_is_refused(string content, string type)
    {
        using var response = await api.Client.UploadAsync(System.Text.Encoding.UTF8.GetBytes(content), type: type);

        await response.ProblemAsync(HttpStatusCode.BadRequest, "image_unreadable");
    }

    [Fact]
    public async Task What_is_served_was_decoded_and_encoded_anew()
    {
        byte[] polyglot = [.. Client.Picture, .. "<script>alert(1)</script>"u8];

        using var uploaded = await api.Client.UploadAsync(polyglot, type: "text/html");
        using var served = await api.Client.GetAsync((await uploaded.JsonAsync()).Text("imageUrl"));

        Assert.Equal("image/jpeg", served.Content.Headers.ContentType?.ToString());
        Assert.DoesNotContain("<script>", System.Text.Encoding.Latin1.GetString(await served.Content.ReadAsByteArrayAsync()));
    }

    [Fact]
    public async Task An_unknown_generation_answers_404()
    {
        using var response = await api.Client.GetAsync("/generation/" + Guid.CreateVersion7());

        await response.ProblemAsync(HttpStatusCode.NotFound, "generation_not_found");
    }

    [Fact]
    public void The_start_says_where_it_listens_and_what_a_token_would_change()
    {
        Assert.Contains(api.Client.BaseAddress!.GetLeftPart(UriPartial.Authority), api.Process.Log, StringComparison.Ordinal);
        Assert.Contains("HF_TOKEN", api.Process.Log, StringComparison.Ordinal);
        Assert.Contains(api.Process.DataDirectory, api.Process.Log, StringComparison.Ordinal);
    }
}
