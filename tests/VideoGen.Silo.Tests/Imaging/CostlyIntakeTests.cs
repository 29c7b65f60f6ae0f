using System.Text;
using NetVips;
using VideoGen.Grains.Media;
using VideoGen.Silo.Imaging;

namespace VideoGen.Silo.Tests.Imaging;

/// <summary>What pictures may cost, and what may be hidden in them.</summary>
public sealed class CostlyIntakeTests
{
    [Theory]
    [InlineData("png")]
    [InlineData("jpg")]
    [InlineData("webp")]
    public async Task A_picture_whose_time_is_over_is_cut_off_and_its_place_is_free_again(string format)
    {
        var time = new TimeThatIsOver();
        using var intake = Intake.Create(new ImagingOptions { MaxConcurrent = 1 }, time);
        var file = Pictures.Noise(600, 600).Save(format);

        var refused = Assert.IsType<IntakeOutcome.Refused>(await intake.AcceptAsync(file, default));
        time.IsOver = false;
        var accepted = await intake.AcceptAsync(file, default);

        Assert.Equal("image_too_complex", refused.Code);
        Assert.IsType<IntakeOutcome.Accepted>(accepted);
    }

    [Theory]
    [InlineData("jpg")]
    [InlineData("png")]
    [InlineData("webp")]
    [InlineData("avif")]
    public async Task No_metadata_of_any_format_is_kept(string format)
    {
        using var scene = Pictures.Scene();
        using var marked = scene.Mutate(picture =>
        {
            picture.Set(GValue.GStrType, "exif-ifd0-Artist", "secret (secret, ASCII, 7 components, 7 bytes)");
            picture.Set(GValue.GStrType, "exif-ifd3-GPSLatitude",
                "52/1 31/1 12/1 (52, 31, 12, Rational, 3 components, 24 bytes)");
            picture.Set(GValue.BlobType, "xmp-data", Encoding.UTF8.GetBytes("<x:xmpmeta>secret</x:xmpmeta>"));
            picture.Set(GValue.BlobType, "iptc-data", "secret"u8.ToArray());
        });
        var file = marked.Save(format + "[keep=all]");
        Assert.NotEqual(-1, file.AsSpan().IndexOf("secret"u8)); // else there is nothing to remove

        var accepted = Assert.IsType<IntakeOutcome.Accepted>(await Intake.TakeAsync(file));

        Assert.Equal(-1, accepted.Jpeg.AsSpan().IndexOf("secret"u8));
        AssertOnlyJfif(accepted.Jpeg);
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")]
    [InlineData("<!doctype html><script>alert(1)</script>")]
    [InlineData("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF")]
    [InlineData("#EXTM3U\nhttp://127.0.0.1/\n")]
    public async Task Behind_the_first_bytes_of_a_picture_nothing_else_is_read(string content)
    {
        byte[][] starts = [[0xff, 0xd8, 0xff], [0x89, .. "PNG\r\n\u001a\n"u8], [.. "GIF89a"u8], [.. "RIFF\0\0\0\0WEBP"u8]];

        Assert.All(
            await Task.WhenAll(starts.Select(start => Intake.RefuseAsync([.. start, .. Encoding.UTF8.GetBytes(content)]))),
            code => Assert.True(code is "image_unreadable" or "image_damaged", code));
    }

    [Fact]
    public async Task Two_hundred_bombs_at_once_are_refused_and_an_honest_picture_is_taken()
    {
        using var intake = Intake.Create();
        byte[][] bombs = [Pictures.PngHeader(30_000, 30_000), Pictures.ClaimJpegSize(Pictures.Scene().Save("jpg"), 65_000),
            Pictures.ClaimGifSize(Pictures.Scene().Save("gif"), 65_000), Pictures.RepeatLastScan(Pictures.Scene(), 200)];

        var refusals = await Task.WhenAll(Enumerable.Range(0, 200).Select(bomb => intake.AcceptAsync(bombs[bomb % 4], default)));

        Assert.All(
            refusals, outcome =>
            Assert.StartsWith("image_too_", Assert.IsType<IntakeOutcome.Refused>(outcome).Code, StringComparison.Ordinal));
        Assert.IsType<IntakeOutcome.Accepted>(await intake.AcceptAsync(Pictures.Scene().Save("png"), default));
    }

    /// <summary>Walks the segments up to the pixels (ITU-T T.81, B.1.1): APP1–15 and comments would be metadata.</summary>
    private static void AssertOnlyJfif(ReadOnlySpan<byte> jpeg)
    {
        for (var at = 2; jpeg[at + 1] != 0xda; at += 2 + (jpeg[at + 2] << 8) + jpeg[at + 3])
        {
            Assert.False(jpeg[at + 1] is (> 0xe0 and <= 0xef) or 0xfe, $"segment {jpeg[at + 1]:x2}");
        }
    }

    /// <summary>While it is over, every limit has passed when it is set.</summary>
    private sealed class TimeThatIsOver : TimeProvider
    {
        public bool IsOver { get; set; } = true;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (IsOver)
            {
                callback(state);
            }

            return base.CreateTimer(callback, state, IsOver ? Timeout.InfiniteTimeSpan : dueTime, period);
        }
    }
}
