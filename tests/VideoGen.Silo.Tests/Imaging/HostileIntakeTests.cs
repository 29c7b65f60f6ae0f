using System.Text;
using VideoGen.Grains.Media;
using VideoGen.Silo.Imaging;

namespace VideoGen.Silo.Tests.Imaging;

public sealed class HostileIntakeTests
{
    [Theory]
    [InlineData("")]
    [InlineData("just some words, sent as picture.jpg")]
    [InlineData("<!doctype html><html><body><script>alert(1)</script></body></html>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' width='200' height='200'><rect width='200' height='200'/></svg>")]
    [InlineData("<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' width='200' height='200'/>")]
    [InlineData("push graphic-context\nviewbox 0 0 640 480\nfill 'url(http://127.0.0.1/)'\npop graphic-context")]
    [InlineData("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF")]
    [InlineData("%!PS-Adobe-3.0 EPSF-3.0\nshowpage")]
    [InlineData("P3\n2 2\n255\n0 0 0 0 0 0 0 0 0 0 0 0")]
    [InlineData("#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1/\n")]
    public async Task Files_that_are_no_pictures_are_refused(string content) =>
        Assert.Equal("image_unreadable", await Intake.RefuseAsync(Encoding.UTF8.GetBytes(content)));

    [Fact]
    public async Task A_file_of_zeros_is_refused() =>
        Assert.Equal("image_unreadable", await Intake.RefuseAsync(new byte[100_000]));

    [Fact]
    public async Task Decoders_that_are_not_promised_are_shut() =>
        Assert.Equal("image_unreadable", await Intake.RefuseAsync(Pictures.Scene().Save("tif")));

    [Theory]
    [InlineData("heic", "mif1", "heic")]
    [InlineData("mif1", "mif1", "heic")]
    [InlineData("msf1", "iso8", "hevc")]
    [InlineData("mif1", "miaf", "mif1")]
    [InlineData("heix", "mif1", "heix")]
    [InlineData("avci", "mif1", "avci")]
    public async Task A_picture_of_a_phone_that_can_not_be_read_is_told_apart(string major, params string[] compatible)
    {
        byte[] heic = [.. Ftyp(major, compatible), .. new byte[500]];

        var refused = Assert.IsType<IntakeOutcome.Refused>(await Intake.TakeAsync(heic));

        Assert.Equal("image_unreadable", refused.Code);
        Assert.Contains("HEIC", refused.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("avif", "mif1", "miaf")]
    [InlineData("mif1", "avif", "miaf")]
    public async Task An_AVIF_is_read_and_half_of_one_is_damaged_whatever_brand_comes_first(
        string major, params string[] compatible)
    {
        var avif = Pictures.Noise(300, 300).Save("avif");
        var box = avif[..4].Aggregate(0, (size, part) => (size << 8) + part);
        Assert.True(box >= 24, $"{box}");
        Ftyp(major, compatible).AsSpan(4).CopyTo(avif.AsSpan(4)); // the size stays: what else is compatible stays too

        using var picture = await Intake.AcceptAsync(avif);

        Assert.Equal((300, 300), (picture.Width, picture.Height));
        Assert.Equal("image_damaged", await Intake.RefuseAsync(avif[..(avif.Length / 2)]));
    }

    private static byte[] Ftyp(string major, string[] compatible) =>
    [
        0, 0, 0, (byte)(16 + 4 * compatible.Length),
            .. Encoding.ASCII.GetBytes($"ftyp{major}\0\0\0\0{string.Concat(compatible)}"),
    ];

    [Theory]
    [InlineData("jpg")]
    [InlineData("jpg[interlace]")]
    [InlineData("png")]
    [InlineData("webp")]
    [InlineData("gif")]
    [InlineData("avif")]
    public async Task Half_a_picture_is_refused(string format)
    {
        var file = Pictures.Noise(300, 300).Save(format);

        Assert.Equal("image_damaged", await Intake.RefuseAsync(file[..(file.Length / 2)]));
    }

    [Fact]
    public async Task A_picture_with_scrambled_pixels_is_refused()
    {
        var file = Pictures.Noise(300, 300).Save("png");
        file.AsSpan(file.Length / 2, 2_000).Fill(0x55);

        Assert.Equal("image_damaged", await Intake.RefuseAsync(file));
    }

    [Theory]
    [InlineData(30_000, 30_000)] // sides
    [InlineData(12_001, 100)]
    [InlineData(7_100, 7_100)]   // pixels
    public async Task Bombs_are_refused_by_their_header(int width, int height)
    {
        var refused = Assert.IsType<IntakeOutcome.Refused>(await Intake.TakeAsync(Pictures.PngHeader(width, height)));

        Assert.Equal("image_too_large", refused.Code);
        Assert.Equal(
            $"The picture has {width:N0} × {height:N0} pixels. "
            + "Send one with at most 12,000 pixels on each side and 50 million in total.",
            refused.Detail);
    }

    [Fact]
    public async Task A_jpeg_that_claims_more_than_can_be_taken_is_refused() =>
        Assert.Equal("image_too_large", await Intake.RefuseAsync(Pictures.ClaimJpegSize(Pictures.Scene().Save("jpg"), 65_000)));

    [Fact]
    public async Task A_gif_that_claims_more_than_can_be_taken_is_refused() =>
        Assert.Equal("image_too_large", await Intake.RefuseAsync(Pictures.ClaimGifSize(Pictures.Scene().Save("gif"), 65_000)));

    [Fact]
    public async Task An_avif_may_have_fewer_pixels_than_other_pictures()
    {
        using var intake = Intake.Create(new ImagingOptions { MaxAvifPixels = 1_000_000 });
        using var picture = Pictures.Scene(1_002, 1_000);

        Assert.IsType<IntakeOutcome.Accepted>(await intake.AcceptAsync(picture.Save("webp"), default));
        var refused = Assert.IsType<IntakeOutcome.Refused>(await intake.AcceptAsync(picture.Save("avif[effort=0]"), default));
        Assert.Contains("1 million in total", refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_jpeg_of_a_thousand_scans_is_refused_before_it_costs_a_core() =>
        Assert.Equal("image_too_complex", await Intake.RefuseAsync(Pictures.RepeatLastScan(Pictures.Scene(), 1_000)));

    [Fact]
    public async Task Scans_of_a_thumbnail_and_behind_the_end_do_not_count()
    {
        var jpeg = Pictures.Scene().Save("jpg[interlace]");
        byte[] scans = [.. Enumerable.Repeat<byte[]>([0xff, 0xda, 0, 2], 200).SelectMany(scan => scan)];
        byte[] thumbnail = [0xff, 0xe1, (byte)((scans.Length + 2) >> 8), (byte)(scans.Length + 2), .. scans];

        using var picture = await Intake.AcceptAsync([.. jpeg[..2], .. thumbnail, .. jpeg[2..], .. scans]);

        Intake.AssertScene(picture);
    }

    [Fact]
    public async Task An_animation_of_endless_frames_is_refused_before_it_costs_a_core()
    {
        var webp = Pictures.Animate("webp", Pictures.Scene(), Pictures.Scene().Rot180());
        byte[] frame = [.. "ANMF"u8, 16, 0, 0, 0, .. new byte[16]];
        var frames = Enumerable.Repeat(frame, 5_000).SelectMany(bytes => bytes);

        Assert.Equal("image_too_complex", await Intake.RefuseAsync([.. webp, .. frames]));
    }

    [Theory]
    [InlineData(63, 500, "image_too_small")]
    [InlineData(1, 1, "image_too_small")]
    [InlineData(6_000, 100, "image_too_narrow")]
    public async Task Pictures_that_no_film_can_be_made_of_are_refused(int width, int height, string code) =>
        Assert.Equal(code, await Intake.RefuseAsync(Pictures.Plain(Pictures.Red, width, height).Save("png")));
}
