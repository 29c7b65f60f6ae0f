using System.IO.Compression;
using System.Net;
using VideoGen.FakeHub.Faults;

namespace VideoGen.FakeHub.Tests;

public sealed class DownloadTests(TestHub hub) : HubTest(hub)
{
    private static readonly byte[] Ftyp = "ftyp"u8.ToArray();

    [Fact]
    public async Task A_link_works_until_it_is_out_of_date()
    {
        Hub.Server.Settings.Current = new() { LinkSeconds = 60 };
        var link = await Hub.RenderAsync(Wire.FalAi, "a cat");

        Hub.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(link));
        Hub.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(link));
    }

    [Fact]
    public async Task A_link_can_be_out_of_date_at_once_and_the_next_one_good()
    {
        Hub.Server.Faults.Add(new FaultRule(FaultKind.ExpiredLink, new("a cat")) { Count = 1 });
        var first = await Hub.RenderAsync(Wire.WaveSpeed, "a cat");
        using var again = await Hub.Http.GetAsync(Wire.WaveSpeed.Result(Hub.Server.Jobs.All[0].Id));
        var second = Wire.WaveSpeed.FilmIn(await TestHub.ReadAsync(again));

        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(first));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(second));
    }

    [Fact]
    public async Task A_link_with_another_date_or_without_a_signature_is_refused()
    {
        var link = await Hub.RenderAsync(Wire.FalAi, "a cat");

        var later = link.Replace("expires=", "expires=9", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(later));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(link.Split('?')[0]));
    }

    [Fact]
    public async Task Together_hides_the_film_behind_a_redirect()
    {
        var link = await Hub.RenderAsync(Wire.Together, "a cat");
        using var direct = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });

        using var answer = await direct.GetAsync(link);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(answer.Headers.Location!.ToString()));
    }

    [Fact]
    public async Task A_film_comes_in_ranges()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, await Hub.RenderAsync(Wire.Novita, "a cat"));
        request.Headers.Range = new(4, 7);

        using var answer = await Hub.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal(Ftyp, await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_film_can_be_half_itself_or_a_picture_or_a_page()
    {
        Hub.Server.Faults.Add(FaultKind.Truncated, "half");
        Hub.Server.Faults.Add(FaultKind.Renamed, "picture");
        Hub.Server.Faults.Add(FaultKind.HtmlOnDownload, "page");
        var whole = await Hub.Http.GetByteArrayAsync(await Hub.RenderAsync(Wire.FalAi, "whole"));

        var half = await Hub.Http.GetByteArrayAsync(await Hub.RenderAsync(Wire.FalAi, "half"));
        Assert.Equal(whole[..(whole.Length / 2)], half);
        using var picture = await Hub.Http.GetAsync(await Hub.RenderAsync(Wire.FalAi, "picture"));
        Assert.Equal("video/mp4", picture.Content.Headers.ContentType!.MediaType);
        Assert.Equal("PNG"u8.ToArray(), (await picture.Content.ReadAsByteArrayAsync())[1..4]);
        using var page = await Hub.Http.GetAsync(await Hub.RenderAsync(Wire.FalAi, "page"));
        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.StatusCode, page.Content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public async Task A_film_can_be_a_WebM_or_packed_without_being_asked()
    {
        Hub.Server.Faults.Add(FaultKind.Webm, "webm");
        Hub.Server.Faults.Add(FaultKind.Gzipped, "packed");
        var whole = await Hub.Http.GetByteArrayAsync(await Hub.RenderAsync(Wire.FalAi, "whole"));

        using var webm = await Hub.Http.GetAsync(await Hub.RenderAsync(Wire.FalAi, "webm"));
        Assert.Equal("video/webm", webm.Content.Headers.ContentType!.MediaType);
        Assert.Equal([0x1A, 0x45, 0xDF, 0xA3], (await webm.Content.ReadAsByteArrayAsync())[..4]);
        using var packed = await Hub.Http.GetAsync(await Hub.RenderAsync(Wire.FalAi, "packed"));
        Assert.Equal(["gzip"], packed.Content.Headers.ContentEncoding);
        await using var unpacked = new GZipStream(await packed.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var film = new MemoryStream();
        await unpacked.CopyToAsync(film);
        Assert.Equal(whole, film.ToArray());
    }

    [Fact]
    public async Task A_download_can_break_off()
    {
        Hub.Server.Faults.Add(FaultKind.DropOnDownload, "a cat");
        var link = await Hub.RenderAsync(Wire.FalAi, "a cat");

        await Assert.ThrowsAsync<HttpRequestException>(() => Hub.Http.GetByteArrayAsync(link));
    }

    [Fact]
    public async Task A_download_can_fail_at_first()
    {
        Hub.Server.Faults.Add(new FaultRule(FaultKind.DownloadError, new("a cat")) { Status = 503, Count = 1 });
        var link = await Hub.RenderAsync(Wire.FalAi, "a cat");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(link));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(link));
    }

    [Fact]
    public async Task A_film_can_come_drop_by_drop()
    {
        Hub.Server.Faults.Add(FaultKind.SlowDrip, "a cat", seconds: 30);
        var link = await Hub.RenderAsync(Wire.FalAi, "a cat");

        using var answer = await Hub.Http.GetAsync(link, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await answer.Content.ReadAsStreamAsync();
        var drop = (int)(answer.Content.Headers.ContentLength!.Value + 19) / 20;
        await body.ReadExactlyAsync(new byte[drop]);

        var next = body.ReadExactlyAsync(new byte[drop]).AsTask();
        Hub.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(next.IsCompleted);
        await Eventually.TrueAsync(() =>
        {
            Hub.Clock.Advance(TimeSpan.FromSeconds(1));
            return next.IsCompleted;
        });
    }

    private async Task<HttpStatusCode> StatusAsync(string link)
    {
        using var answer = await Hub.Http.GetAsync(link);
        return answer.StatusCode;
    }
}
