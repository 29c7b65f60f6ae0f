using System.Net;
using System.Net.Sockets;
using System.Text;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Video;

namespace VideoGen.Silo.Tests.Video;

public sealed class InspectTests : IDisposable
{
    private readonly VideoBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_film_is_measured_to_the_frame()
    {
        var path = await _bench.MakeAsync("film.mp4",
            "-f lavfi -i testsrc=s=320x240:r=25:d=2 -f lavfi -i sine=d=2 -c:v libx264 -pix_fmt yuv420p -c:a aac -shortest");

        var facts = await _bench.FactsAsync(path);

        Assert.Equal(("h264", "yuv420p", 320, 240, 25.0, 50), (
            facts.Codec, facts.PixelFormat, facts.Width, facts.Height, facts.FrameRate, facts.Frames));
        Assert.Equal(2, facts.DurationSeconds, 0.05);
        Assert.Equal(new FileInfo(path).Length, facts.Bytes);
        Assert.True(facts.HasAudio);
    }

    [Theory]
    [InlineData("-movflags +faststart", true)]
    [InlineData("-movflags -faststart", false)]
    public async Task Whether_the_index_comes_first_is_seen(string flags, bool expected)
    {
        var path = await _bench.MakeAsync("film.mp4", $"-f lavfi -i testsrc=s=64x64:d=0.5 -c:v libx264 {flags}");

        Assert.Equal(expected, (await _bench.FactsAsync(path)).IsFastStart);
    }

    [Theory]
    [InlineData("<!doctype html><title>Sign in</title>")]
    [InlineData("""{"error":"CUDA out of memory"}""")]
    [InlineData("")]
    public async Task Text_is_not_a_film(string text) =>
        AssertRefused(await InspectAsync(await _bench.WriteAsync("film.mp4", text)), "not an MP4");

    [Theory]
    [InlineData("-f lavfi -i sine=d=1 -c:a aac -f mp4", "contains no video")]
    [InlineData("-f lavfi -i sine=d=1 -c:a libopus -f webm", "contains no video")]
    [InlineData("-f lavfi -i sine=d=1 -c:a flac -f flac", "not an MP4")]
    [InlineData("-f lavfi -i testsrc=s=64x64 -frames:v 1 -f mjpeg", "not an MP4")]
    [InlineData("-f lavfi -i testsrc=s=64x64 -frames:v 1 -c:v png -f image2pipe", "not an MP4")]
    [InlineData("-f lavfi -i testsrc=s=64x64 -frames:v 1 -f gif", "still picture")]
    [InlineData("-f lavfi -i testsrc=s=64x64 -frames:v 1 -c:v libwebp -f webp", "still picture")]
    public async Task A_file_that_is_no_usable_film_is_refused_with_the_reason(string arguments, string reason) =>
        AssertRefused(await InspectAsync(await _bench.MakeAsync("film.mp4", arguments)), reason);

    [Theory]
    [InlineData("-f lavfi -i testsrc=s=64x64:d=0.5 -c:v mjpeg -f mov", "unsupported format")]
    [InlineData("-f lavfi -i testsrc=s=32x64:d=0.5 -c:v libx264 -f mp4", "pixels on each side")]
    [InlineData("-f lavfi -i testsrc=s=64x64:r=1:d=61 -c:v libx264 -f mp4", "longer than 60 seconds")]
    [InlineData("-f lavfi -i testsrc=s=32x64:d=0.5 -c:v libwebp_anim -f webp", "pixels on each side")]
    [InlineData("-f lavfi -i testsrc=s=64x64:r=1:d=61 -c:v libwebp_anim -f webp", "longer than 60 seconds")]
    public async Task A_film_that_this_version_does_not_take_is_told_apart_from_a_damaged_one(string arguments, string reason) =>
        AssertRefused(await InspectAsync(await _bench.MakeAsync("film.mp4", arguments)), reason, RefusalKind.Unsupported);

    [Fact]
    public async Task An_animated_WebP_is_measured_to_the_frame()
    {
        var facts = await _bench.FactsAsync(
            await _bench.MakeAsync("film.webp", "-f lavfi -i testsrc2=s=320x240:r=10:d=3 -c:v libwebp_anim"));

        Assert.Equal(("webp", 320, 240, 10.0, 30, false), (
            facts.Codec, facts.Width, facts.Height, Math.Round(facts.FrameRate, 3), facts.Frames, facts.HasAudio));
        Assert.Equal(3, facts.DurationSeconds, 0.001);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.97)]
    public async Task Half_an_animated_WebP_is_damaged(double part)
    {
        var whole = await File.ReadAllBytesAsync(
            await _bench.MakeAsync("film.webp", "-f lavfi -i testsrc2=s=320x240:r=10:d=3 -c:v libwebp_anim"));
        var path = _bench.PathOf("half.webp");
        await File.WriteAllBytesAsync(path, whole[..(int)(whole.Length * part)]);

        AssertRefused(await InspectAsync(path), "damaged");
    }

    [Fact]
    public async Task A_song_with_a_cover_is_not_a_film()
    {
        await _bench.MakeAsync("cover.jpg", "-f lavfi -i testsrc=s=64x64 -frames:v 1");
        var song = await _bench.MakeAsync("song.mp4",
            $"-f lavfi -i sine=d=1 -i {_bench.PathOf("cover.jpg")} -map 0 -map 1 -c:a aac -c:v copy -disposition:v attached_pic");

        AssertRefused(await InspectAsync(song), "contains no video");
    }

    [Theory]
    [InlineData("avif")]
    [InlineData("heic")]
    [InlineData("mif1")]
    public async Task A_picture_in_the_boxes_of_an_MP4_is_not_a_film(string brand)
    {
        var path = await _bench.MakeAsync("film.mp4", "-f lavfi -i testsrc=s=64x64 -frames:v 1 -c:v libx264");
        await using (var file = File.OpenWrite(path))
        {
            file.Position = 8;
            file.Write(Encoding.ASCII.GetBytes(brand));
        }

        AssertRefused(await InspectAsync(path), "not an MP4");
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0\0\0\u0018ftypmp42")]
    [InlineData("GIF89a\u0001\0\u0001\0\0\0\0")]
    public async Task A_playlist_that_calls_itself_a_film_is_refused_and_opens_no_connection(string signature)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var path = await _bench.WriteAsync("film.mp4",
            $"{signature}\n#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://{listener.LocalEndpoint}/secret.ts\n#EXT-X-ENDLIST\n");

        AssertRefused(await InspectAsync(path), "The returned");
        Assert.False(listener.Pending());
    }

    private Task<InspectOutcome> InspectAsync(string path) => _bench.Processor.InspectAsync(path, CancellationToken.None);

    private void AssertRefused(InspectOutcome outcome, string reason, RefusalKind kind = RefusalKind.Damaged)
    {
        var refused = Assert.IsType<InspectOutcome.Refused>(outcome);
        var error = refused.Error;
        Assert.Equal(kind, refused.Kind);
        Assert.Equal(GenerationErrorCode.ResultUnusable, error.Code);
        Assert.Contains(reason, error.Message);
        Assert.DoesNotContain(_bench.PathOf(""), error.Message);
    }
}
