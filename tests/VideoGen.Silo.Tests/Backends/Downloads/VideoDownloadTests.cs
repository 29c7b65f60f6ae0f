using VideoGen.Grains.Backends;
using VideoGen.Grains.Media;
using VideoGen.Silo.Backends.Downloads;
using VideoGen.Silo.Tests.Backends.HuggingFace;

namespace VideoGen.Silo.Tests.Backends.Downloads;

public sealed class VideoDownloadTests
{
    private const string Url = "https://cdn.example/a.mp4";
    private const string Name = "0193b0d2-1.mp4";

    [Theory]
    [InlineData("video/mp4")]
    [InlineData("binary/octet-stream")]
    [InlineData("text/html")]
    public async Task A_film_is_stored_whatever_type_it_is_declared_as(string type)
    {
        using var hub = new Hub();
        hub.Http.On("GET", Url, _ => ScriptedHttp.Answer(200, Hub.Film, type));

        var stored = Assert.IsType<FetchOutcome.Stored>(await FetchAsync(hub, Url)).Original;

        Assert.Equal(Hub.Film, hub.Store.Get(MediaKind.Original, Name));
        Assert.Equal((Name, Hub.Film.Length), (stored.Name, stored.Bytes));
    }

    [Fact]
    public async Task Webm_and_gif_are_films_too()
    {
        using var hub = new Hub();
        hub.Http.On("GET", Url,
            _ => ScriptedHttp.Answer(200, [0x1A, 0x45, 0xDF, 0xA3, .. new byte[40]], "video/webm"),
            _ => ScriptedHttp.Answer(200, [.. "GIF89a"u8, .. new byte[40]], "image/gif"));

        Assert.IsType<FetchOutcome.Stored>(await FetchAsync(hub, Url));
        Assert.IsType<FetchOutcome.Stored>(await FetchAsync(hub, Url));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("x-gzip")]
    [InlineData("GZIP")]
    public async Task A_film_that_was_packed_without_being_asked_is_unpacked(string encoding)
    {
        using var hub = new Hub();
        hub.Http.On("GET", Url, _ => Packed.Answer(Hub.Film, encoding));

        var stored = Assert.IsType<FetchOutcome.Stored>(await FetchAsync(hub, Url)).Original;

        Assert.Equal(Hub.Film, hub.Store.Get(MediaKind.Original, Name));
        Assert.Equal(Hub.Film.Length, stored.Bytes);
    }

    [Fact]
    public async Task An_encoding_that_is_none_of_ours_changes_nothing()
    {
        using var hub = new Hub();
        hub.Http.On("GET", Url, _ =>
        {
            var answer = ScriptedHttp.Answer(200, Hub.Film, "video/mp4");
            answer.Content.Headers.ContentEncoding.Add("aws-chunked"); // some tools store it with the file by mistake
            return answer;
        });

        await FetchAsync(hub, Url);

        Assert.Equal(Hub.Film, hub.Store.Get(MediaKind.Original, Name));
    }

    [Fact]
    public async Task A_packed_film_is_unpacked_up_to_the_limit_and_no_further()
    {
        using var hub = new Hub(("VideoGen:HuggingFace:MaxResultBytes", "1000000"));
        var bomb = Packed.Bytes([.. Hub.Film, .. new byte[100_000_000]]);
        Assert.True(bomb.Length < 1_000_000, "The limit is for what was unpacked.");
        var body = new Packed.Body(bomb);
        hub.Http.On("GET", Url, _ => Packed.Answer(new StreamContent(body)));

        Assert.Contains("larger", Assert.IsType<FetchOutcome.Blocked>(await FetchAsync(hub, Url)).Error.Message,
            StringComparison.Ordinal);
        Assert.Null(hub.Store.Get(MediaKind.Original, Name));
        Assert.InRange(body.Taken, 1, bomb.Length / 10);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_packed_film_that_cannot_be_unpacked_is_no_film(bool beginsWell)
    {
        using var hub = new Hub();
        var length = (byte)Hub.Film.Length;
        byte[] stored = [0, length, 0, (byte)~length, 0xff, .. Hub.Film]; // RFC 1951, 3.2.4: as it is; type 3 is an error
        byte[] packed = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, .. beginsWell ? stored : [], 0x07, .. new byte[100]];
        hub.Http.On("GET", Url, _ => Packed.Answer(new ByteArrayContent(packed)));

        Assert.Equal("result_unusable", Assert.IsType<FetchOutcome.Suspect>(await FetchAsync(hub, Url)).Error.Code);
        Assert.Null(hub.Store.Get(MediaKind.Original, Name));
    }

    [Theory]
    [InlineData("<!doctype html><html>Sign in</html>")]
    [InlineData("""{"error":"expired"}""")]
    [InlineData("#EXTM3U\nhttp://x")]
    [InlineData("short")]
    [InlineData("")]
    public async Task What_is_no_film_is_not_stored_even_when_it_is_declared_as_one(string body)
    {
        using var hub = new Hub();
        hub.Http.On("GET", Url, _ => ScriptedHttp.Answer(200, System.Text.Encoding.UTF8.GetBytes(body), "video/mp4"));

        Assert.Equal("result_unusable", Assert.IsType<FetchOutcome.Suspect>(await FetchAsync(hub, Url)).Error.Code);
        Assert.Null(hub.Store.Get(MediaKind.Original, Name));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_film_above_the_limit_is_not_stored_also_when_it_hides_its_length(bool declared)
    {
        using var hub = new Hub(("VideoGen:HuggingFace:MaxResultBytes", "1000000"));
        byte[] film = [.. Hub.Film, .. new byte[1_000_000]];
        hub.Http.On("GET", Url, _ => new HttpResponseMessage
        {
            Content = declared ? new ByteArrayContent(film) : new StreamContent(new Drip(film, 0)),
        });

        var error = Assert.IsType<FetchOutcome.Blocked>(await FetchAsync(hub, Url)).Error;
        Assert.Equal("result_unusable", error.Code);
        Assert.Contains("VideoGen:HuggingFace:MaxResultBytes", error.Message, StringComparison.Ordinal);
        Assert.Null(hub.Store.Get(MediaKind.Original, Name));
    }

    [Theory]
    [InlineData("ftp://cdn.example/a.mp4")]
    [InlineData("file:///etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("https://user:password@cdn.example/a.mp4")]
    [InlineData("")]
    public async Task What_no_setting_makes_an_address_of_a_video_is_not_asked_for(string url)
    {
        using var hub = new Hub(("VideoGen:HuggingFace:AllowLoopback", "true"));

        Assert.Equal("result_unusable", Assert.IsType<FetchOutcome.Suspect>(await FetchAsync(hub, url)).Error.Code);
        Assert.Empty(hub.Http.Sent);
    }

    [Theory]
    [InlineData("http://cdn.example/a.mp4")]
    [InlineData("https://cdn.example:25/a.mp4")]
    public async Task What_a_setting_would_allow_waits_for_it_and_names_it(string url)
    {
        using var hub = new Hub();

        var error = Assert.IsType<FetchOutcome.Blocked>(await FetchAsync(hub, url)).Error;

        Assert.Contains("VideoGen:Outgoing:Allow", error.Message, StringComparison.Ordinal);
        Assert.Empty(hub.Http.Sent);
    }

    [Fact]
    public async Task Redirects_are_followed_to_https_only_and_not_for_ever()
    {
        using var hub = new Hub();
        hub.Http.On("GET", Url, _ => Redirect("/b.mp4"));
        hub.Http.On("GET", "https://cdn.example/b.mp4", _ => Redirect("https://other.example/c.mp4"));
        hub.Http.On("GET", "https://other.example/c.mp4", _ => ScriptedHttp.Answer(200, Hub.Film));
        hub.Http.On("GET", "https://cdn.example/down.mp4", _ => Redirect("http://cdn.example/a.mp4"));
        hub.Http.On("GET", "https://cdn.example/loop.mp4", _ => Redirect("/loop.mp4"));

        Assert.IsType<FetchOutcome.Stored>(await FetchAsync(hub, Url));
        Assert.IsType<FetchOutcome.Blocked>(await FetchAsync(hub, "https://cdn.example/down.mp4"));
        Assert.IsType<FetchOutcome.Suspect>(await FetchAsync(hub, "https://cdn.example/loop.mp4"));
        Assert.Equal(6, hub.Http.Sent.Count(request => request.Url.EndsWith("loop.mp4", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("http://cdn.example/a.mp4", "not https")]
    [InlineData("file:///etc/passwd", "not https")]
    [InlineData("ftp://cdn.example/a.mp4", "not https")]
    [InlineData("gopher://cdn.example/a", "not https")]
    [InlineData("https://user:password@cdn.example/a.mp4", "password")]
    [InlineData("https://cdn.example:25/a.mp4", "port")]
    public async Task A_redirect_is_checked_like_the_first_address(string to, string sentence)
    {
        using var hub = new Hub();
        hub.Http.On("GET", Url, _ => Redirect(to));

        var error = await FetchAsync(hub, Url) switch
        {
            FetchOutcome.Blocked blocked => blocked.Error,
            FetchOutcome.Suspect suspect => suspect.Error,
            var other => throw new InvalidOperationException(other.ToString()),
        };

        Assert.Equal("result_unusable", error.Code);
        Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
        Assert.Single(hub.Http.Sent);
    }

    [Theory]
    [InlineData("http://")]
    [InlineData("https://[::1")]
    [InlineData("//")]
    [InlineData("")]
    public async Task A_redirect_to_nowhere_is_a_failure_and_no_accident(string to)
    {
        using var hub = new Hub();
        hub.Http.On("GET", Url, _ => ScriptedHttp.Answer(302, [], "text/plain", ("Location", to)));

        Assert.True(await FetchAsync(hub, Url) is FetchOutcome.Suspect or FetchOutcome.Blocked);
    }

    [Theory]
    [InlineData(400, "job_lost")]
    [InlineData(403, "job_lost")]
    [InlineData(404, "job_lost")]
    [InlineData(410, "job_lost")]
    public async Task A_refusal_of_the_server_of_videos_is_a_suspicion(int status, string code)
    {
        using var hub = new Hub();
        hub.Http.On("GET", Url, status, "");

        Assert.Equal((code, status), Assert.IsType<FetchOutcome.Suspect>(await FetchAsync(hub, Url)).Error is var error
            ? (error.Code, error.ProviderStatus!.Value)
            : default);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_server_of_films_that_is_busy_is_asked_again(int status)
    {
        using var hub = new Hub();
        hub.Http.On("GET", Url, status, "", ("Retry-After", "7"));

        Assert.Equal(TimeSpan.FromSeconds(7), Assert.IsType<FetchOutcome.Unavailable>(await FetchAsync(hub, Url)).RetryAfter);
    }

    [Fact]
    public async Task A_film_that_breaks_off_is_fetched_again_and_half_of_it_is_not_kept()
    {
        using var hub = new Hub();
        hub.Http.On("GET", Url, _ => new HttpResponseMessage
        {
            Content = new StreamContent(
            new Drip(Hub.Film, 0, new IOException("reset")))
        });

        Assert.IsType<FetchOutcome.Unavailable>(await FetchAsync(hub, Url));
        Assert.Null(hub.Store.Get(MediaKind.Original, Name));
    }

    [Fact]
    public async Task A_video_that_ends_before_its_length_is_a_suspicion_and_half_of_it_is_not_kept()
    {
        using var hub = new Hub();
        hub.Http.On("GET", Url, _ => new HttpResponseMessage
        {
            Content = new StreamContent(new Drip(Hub.Film, 0, new HttpIOException(HttpRequestError.ResponseEnded))),
        });

        Assert.IsType<FetchOutcome.Suspect>(await FetchAsync(hub, Url));
        Assert.Null(hub.Store.Get(MediaKind.Original, Name));
    }

    [Theory]
    [InlineData(408)]
    [InlineData(425)]
    [InlineData(502)]
    public async Task A_gateway_before_the_server_of_videos_passes(int status)
    {
        using var hub = new Hub();
        hub.Http.On("GET", Url, status, "<html>");

        Assert.IsType<FetchOutcome.Unavailable>(await FetchAsync(hub, Url));
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_given_up_after_the_idle_time()
    {
        using var hub = new Hub();
        var silence = new Drip(Hub.Film, 0, waitsForEver: true);
        hub.Http.On("GET", Url, _ => new HttpResponseMessage { Content = new StreamContent(silence) });

        var fetching = FetchAsync(hub, Url);
        await silence.Silent.WaitAsync(TimeSpan.FromSeconds(60));
        hub.Time.Advance(TimeSpan.FromSeconds(61));

        Assert.IsType<FetchOutcome.Unavailable>(await fetching);
    }

    [Fact]
    public async Task A_full_disk_is_waited_for()
    {
        using var hub = new Hub();
        hub.Store.IsFull = true;
        hub.Http.On("GET", Url, _ => ScriptedHttp.Answer(200, Hub.Film));

        Assert.Equal("storage_full", Assert.IsType<FetchOutcome.Unavailable>(await FetchAsync(hub, Url)).Error.Code);
    }

    [Fact]
    public async Task A_store_that_can_not_be_reached_is_waited_for()
    {
        using var hub = new Hub();
        hub.Store.IsAway = true;
        hub.Http.On("GET", Url, _ => ScriptedHttp.Answer(200, Hub.Film));

        Assert.Equal("provider_unavailable", Assert.IsType<FetchOutcome.Unavailable>(await FetchAsync(hub, Url)).Error.Code);
    }

    [Fact]
    public async Task The_caller_can_stop_waiting()
    {
        using var hub = new Hub();
        using var stop = new CancellationTokenSource();
        var silence = new Drip(Hub.Film, 0, waitsForEver: true);
        hub.Http.On("GET", Url, _ => new HttpResponseMessage { Content = new StreamContent(silence) });
        var fetching = hub.Get<VideoDownload>().FetchAsync(Url, Name, "fal-ai", stop.Token);
        await silence.Silent.WaitAsync(TimeSpan.FromSeconds(60));

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetching);
    }

    private static Task<FetchOutcome> FetchAsync(Hub hub, string url) =>
        hub.Get<VideoDownload>().FetchAsync(url, Name, "fal-ai", CancellationToken.None);

    private static HttpResponseMessage Redirect(string to) =>
        new(System.Net.HttpStatusCode.Found) { Headers = { Location = new Uri(to, UriKind.RelativeOrAbsolute) } };

    /// <summary>Gives its bytes in small pieces and then ends, breaks, or says nothing more.</summary>
    private sealed class Drip(byte[] bytes, int offset, Exception? breaks = null, bool waitsForEver = false) : Stream
    {
        private readonly TaskCompletionSource _silent = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _offset = offset;

        public Task Silent => _silent.Task;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = Math.Min(Math.Min(buffer.Length, bytes.Length - _offset), bytes.Length > 1000 ? 65_536 : 5);
            if (count == 0 && breaks is not null)
            {
                throw breaks;
            }

            if (count == 0 && waitsForEver)
            {
                var never = Task.Delay(Timeout.Infinite, cancellationToken);
                _silent.TrySetResult();
                await never;
            }

            bytes.AsSpan(_offset, count).CopyTo(buffer.Span);
            _offset += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
