using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;
using VideoGen.Grains.Media;
using VideoGen.Grains.Tests.Media;
using VideoGen.Silo.Media.S3;
using VideoGen.Silo.Tests.Backends;
using VideoGen.Testing;

namespace VideoGen.Silo.Tests.Media;

/// <summary>What goes over the wire, and what becomes of it when the other side does not do its part.</summary>
[Trait("Starts", "processes")]
public sealed class S3FaultTests : IAsyncLifetime
{
    private const string Done = "HTTP/1.1 200 OK\r\nETag: \"1\"\r\nContent-Length: 0\r\n\r\n";
    private const string Found =
        "HTTP/1.1 200 OK\r\nETag: \"tag\"\r\nLast-Modified: Tue, 24 Nov 2026 10:00:00 GMT\r\nContent-Length: 500\r\n\r\n";

    private const string SlowDown = "<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>";
    private static readonly byte[] Content = "a film"u8.ToArray();

    private readonly S3Places _places = new();
    private readonly RawServer _server = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _places.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task An_upload_is_one_plain_body_signed_by_its_hash()
    {
        _server.Answer = _ => Task.FromResult<string?>(Done);

        await SaveAsync(Open());

        var request = Assert.Single(_server.Requests).Text;
        Assert.StartsWith("PUT /videogen/videos/film.mp4 HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Length: 6\r\n", request, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(
            $"\r\nx-amz-content-sha256: {Convert.ToHexStringLower(SHA256.HashData(Content))}\r\n", request,
            StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith("\r\n\r\na film", request, StringComparison.Ordinal);
        Assert.True(SignatureV4.IsValid(request, S3Server.SecretKey));
        Assert.False(SignatureV4.IsValid(request, "another secret"));
        foreach (var surprise in (string[])["aws-chunked", "x-amz-trailer", "x-amz-checksum", "Transfer-Encoding"])
        {
            Assert.DoesNotContain(surprise, request, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Only_the_asked_part_is_asked_for_and_only_of_the_same_object()
    {
        _server.Answer = request => Task.FromResult<string?>(request.StartsWith("HEAD", StringComparison.Ordinal)
            ? Found
            : "HTTP/1.1 206 Partial Content\r\nETag: \"tag\"\r\nContent-Range: bytes 10-14/500\r\nContent-Length: 5\r\n\r\n01234");
        var film = await Open().OpenAsync(MediaKind.Video, "film.mp4", default);

        await using var part = await film!.OpenRange(10, 5, default);
        using var reader = new StreamReader(part);

        Assert.Equal("01234", await reader.ReadToEndAsync());
        Assert.Equal(("tag", 500), (film.ETag, film.Length));
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 10, 0, 0, TimeSpan.Zero), film.LastModified);
        var request = _server.Requests.Last().Text;
        Assert.Contains("\r\nRange: bytes=10-14\r\n", request, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("\r\nIf-Match: \"tag\"\r\n", request, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_store_that_is_busy_for_a_moment_is_asked_again()
    {
        var answers = 0;
        _server.Answer = _ => Task.FromResult<string?>(++answers == 1 ? Error(503, SlowDown) : Done);

        await SaveAsync(_places.Open(S3Places.Options(_server.Url, retries: 1)));

        Assert.Equal(2, answers);
    }

    [Fact]
    public async Task A_store_that_stays_busy_is_unavailable_after_a_few_tries()
    {
        _server.Answer = _ => Task.FromResult<string?>(Error(503, SlowDown));

        var failure = await Assert.ThrowsAsync<MediaStoreUnavailableException>(
            () => SaveAsync(_places.Open(S3Places.Options(_server.Url, retries: 1))));

        Assert.Contains("SlowDown", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, _server.Requests.Count);
        Assert.Empty(_places.Scratch);
    }

    [Theory]
    [InlineData(403, "QuotaExceeded")]
    [InlineData(400, "XMinioAdminBucketQuotaExceeded")]
    [InlineData(507, "XMinioStorageFull")]
    [InlineData(507, "SomethingElse")]
    public async Task A_store_without_room_is_full(int status, string code)
    {
        var error = $"<Error><Code>{code}</Code><Message>No.</Message></Error>";
        _server.Answer = _ => Task.FromResult<string?>(Error(status, error));

        await Assert.ThrowsAsync<MediaStoreFullException>(() => SaveAsync(Open()));

        Assert.Empty(_places.Scratch);
    }

    [Fact]
    public async Task A_scratch_disk_without_room_is_full_as_well()
    {
        using var disk = new TinyDisk();
        using var places = new S3Places();
        var store = places.Open(S3Places.Options(_server.Url), directory: disk.Path);

        await Assert.ThrowsAsync<MediaStoreFullException>(() => store.SaveAsync(
            MediaKind.Video, "film.mp4", (stream, token) =>
            stream.WriteAsync(new byte[2 * 1024 * 1024], token).AsTask(), default));

        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task A_refusal_is_told_without_the_keys_and_the_request_that_it_quotes()
    {
        const string quoted = "<Error><Code>SignatureDoesNotMatch</Code><Message>It differs.</Message>"
            + "<AWSAccessKeyId>S3RVER</AWSAccessKeyId><StringToSign>AWS4-HMAC-SHA256 of this</StringToSign></Error>";
        _server.Answer = _ => Task.FromResult<string?>(Error(403, quoted));

        var failure = await Assert.ThrowsAsync<MediaStoreUnavailableException>(() => SaveAsync(Open()));

        Assert.Contains("SignatureDoesNotMatch", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("S3RVER", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("AWS4", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_breaks_in_an_upload_is_unavailable_and_not_an_end()
    {
        _server.Answer = _ => Task.FromResult<string?>(null);

        await Assert.ThrowsAsync<MediaStoreUnavailableException>(() => SaveAsync(Open()));

        Assert.Empty(_places.Scratch);
    }

    [Fact]
    public async Task A_connection_that_breaks_in_a_download_leaves_no_half_of_a_file()
    {
        _server.Answer = request => Task.FromResult<string?>(request.StartsWith("HEAD", StringComparison.Ordinal)
            ? Found
            : "HTTP/1.1 206 Partial Content\r\nETag: \"tag\"\r\nContent-Range: bytes 0-499/500\r\nContent-Length: 9999\r\n\r\nhalf");

        await Assert.ThrowsAsync<MediaStoreUnavailableException>(
            () => Open().LeaseAsync(MediaKind.Video, "film.mp4", default));

        Assert.Empty(_places.Scratch);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_not_waited_for_for_ever()
    {
        var asked = new TaskCompletionSource();
        var time = new FakeTimeProvider();
        _server.Answer = async _ =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite);
            return null;
        };
        var asking = Open(time).ExistsAsync(MediaKind.Video, "film.mp4", default);
        await asked.Task;

        time.Advance(TimeSpan.FromSeconds(21));

        await Assert.ThrowsAsync<MediaStoreUnavailableException>(() => asking);
    }

    [Fact]
    public async Task A_caller_that_gives_up_is_not_told_that_the_store_failed()
    {
        using var caller = new CancellationTokenSource();
        _server.Answer = async _ =>
        {
            await caller.CancelAsync();
            return null;
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Open().ExistsAsync(MediaKind.Video, "film.mp4", caller.Token));
    }

    [Fact]
    public async Task A_server_that_is_killed_fails_what_it_was_doing_and_all_goes_on_when_it_is_back()
    {
        await using var real = await S3Server.StartAsync();
        var store = _places.Open(S3Places.Options(real.Url));
        var large = new byte[48 * 1024 * 1024];
        await store.SaveAsync(MediaKind.Video, "large.mp4", (stream, token) => stream.WriteAsync(large, token).AsTask(), default);
        var film = await store.OpenAsync(MediaKind.Video, "large.mp4", default);
        await using var reading = await film!.OpenRead(default);
        await reading.ReadExactlyAsync(new byte[1000]);
        using var next = store.CreateScratch("mp4");
        await File.WriteAllBytesAsync(next.Path, Content);

        await real.KillAsync();

        await Assert.ThrowsAsync<MediaStoreUnavailableException>(() => reading.CopyToAsync(Stream.Null));
        await Assert.ThrowsAsync<MediaStoreUnavailableException>(
            () => store.SaveAsync(MediaKind.Video, "next.mp4", next, default));
        Assert.True(File.Exists(next.Path));

        await real.RestartAsync();

        Assert.False(await store.ExistsAsync(MediaKind.Video, "next.mp4", default));
        await store.SaveAsync(MediaKind.Video, "next.mp4", next, default);
        Assert.True(await store.ExistsAsync(MediaKind.Video, "next.mp4", default));
        using var lease = await store.LeaseAsync(MediaKind.Video, "large.mp4", default);
        Assert.Equal(large.Length, new FileInfo(lease!.Path).Length);
    }

    private static string Error(int status, string body) =>
        $"HTTP/1.1 {status} No\r\nContent-Type: application/xml\r\nContent-Length: {body.Length}\r\n\r\n{body}";

    private static Task<StoredMedia> SaveAsync(S3MediaStore store) => store.SaveAsync(
        MediaKind.Video, "film.mp4", (stream, token) => stream.WriteAsync(Content, token).AsTask(), default);

    private S3MediaStore Open(TimeProvider? time = null) => _places.Open(S3Places.Options(_server.Url), time);
}
