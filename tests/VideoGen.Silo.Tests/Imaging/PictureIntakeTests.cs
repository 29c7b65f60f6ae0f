using NetVips;
using VideoGen.Grains.Media;
using VideoGen.Silo.Imaging;

namespace VideoGen.Silo.Tests.Imaging;

public sealed class PictureIntakeTests
{
    [Theory]
    [InlineData("jpg")]
    [InlineData("jpg[interlace]")]
    [InlineData("png")]
    [InlineData("png[interlace]")]
    [InlineData("png[palette]")]
    [InlineData("webp")]
    [InlineData("webp[lossless]")]
    [InlineData("gif")]
    [InlineData("avif")]
    public async Task Every_promised_format_becomes_the_same_jpeg(string format)
    {
        using var picture = await Intake.AcceptAsync(Pictures.Scene().Save(format));

        Assert.Equal((240, 160), (picture.Width, picture.Height));
        Intake.AssertScene(picture);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Pictures_stand_upright_however_the_camera_was_held(int orientation)
    {
        using var scene = Pictures.Scene();
        using var held = orientation switch // what the sensor saw, by EXIF 2.3 §4.6.4 A
        {
            2 => scene.FlipHor(),
            3 => scene.Rot180(),
            4 => scene.FlipVer(),
            5 => scene.Rot90().FlipHor(),
            6 => scene.Rot270(),
            7 => scene.Rot270().FlipHor(),
            8 => scene.Rot90(),
            _ => scene.Copy(),
        };

        using var picture = await Intake.AcceptAsync(held.With("orientation", orientation).Save("jpg"));

        Assert.Equal((240, 160), (picture.Width, picture.Height));
        Intake.AssertScene(picture);
        Assert.DoesNotContain("orientation", picture.GetFields());
    }

    [Fact]
    public async Task Nothing_but_the_picture_is_kept()
    {
        var file = Pictures.Scene()
            .With("exif-ifd0-Artist", "Somebody (Somebody, ASCII, 9 components, 9 bytes)")
            .With("exif-ifd3-GPSLatitude", "52/1 31/1 12/1 (52, 31, 12, Rational, 3 components, 24 bytes)")
            .Save("jpg[profile=p3]");
        using var before = Image.NewFromBuffer(file);
        Assert.Contains("exif-ifd3-GPSLatitude", before.GetFields());
        Assert.Contains("icc-profile-data", before.GetFields());

        using var picture = await Intake.AcceptAsync(file);

        Assert.DoesNotContain(picture.GetFields(), field => field.StartsWith("exif", StringComparison.Ordinal)
            || field.StartsWith("icc", StringComparison.Ordinal) || field.StartsWith("xmp", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_hides_behind_a_picture_or_in_its_comments_is_gone()
    {
        var jpeg = Pictures.Scene().Save("jpg");
        byte[] comment = [0xff, 0xfe, 0, 2 + 27, .. "<script>alert('x')</script>"u8];
        byte[] polyglot = [.. jpeg[..2], .. comment, .. jpeg[2..], .. "PK\u0003\u0004<html><script>alert(1)</script>"u8];

        var outcome = Assert.IsType<IntakeOutcome.Accepted>(await Intake.TakeAsync(polyglot));

        Assert.Equal(-1, outcome.Jpeg.AsSpan().IndexOf("script"u8));
        Assert.Equal([0xff, 0xd9], outcome.Jpeg[^2..]);
    }

    [Theory]
    [InlineData("png")]
    [InlineData("webp[lossless]")]
    public async Task Transparent_pictures_lie_on_white(string format)
    {
        using var clear = Pictures.Plain(Pictures.Red, 200, 200).Bandjoin(0);
        using var half = Pictures.Plain(Pictures.Black, 200, 200).Bandjoin(128);

        using var picture = await Intake.AcceptAsync(Image.Arrayjoin([clear, half]).Save(format));

        Intake.AssertColour(picture, 0.25, 0.5, [255, 255, 255]);
        Intake.AssertColour(picture, 0.75, 0.5, [127, 127, 127]);
    }

    [Fact]
    public async Task Printed_colours_become_screen_colours()
    {
        using var cmyk = Pictures.Plain(Pictures.Red, 200, 200).Colourspace(Enums.Interpretation.Cmyk);
        Assert.Equal(4, cmyk.Bands);

        using var picture = await Intake.AcceptAsync(cmyk.Save("jpg"));

        Intake.AssertColour(picture, 0.5, 0.5, [237, 28, 36], tolerance: 30); // the red that ink can make
    }

    [Fact]
    public async Task Wide_colours_become_screen_colours()
    {
        using var wide = Pictures.Plain([200, 60, 40], 200, 200).IccTransform("p3", inputProfile: "srgb");
        Assert.NotInRange(wide.Getpoint(1, 1)[0], 196, 204);

        using var picture = await Intake.AcceptAsync(wide.Save("jpg[Q=100]"));

        Intake.AssertColour(picture, 0.5, 0.5, [200, 60, 40], tolerance: 4);
    }

    [Fact]
    public async Task Deep_pictures_keep_their_brightness()
    {
        using var deep = (Pictures.Scene().Cast(Enums.BandFormat.Ushort) * 257).Cast(Enums.BandFormat.Ushort)
            .Copy(interpretation: Enums.Interpretation.Rgb16);

        using var picture = await Intake.AcceptAsync(deep.Save("png[bitdepth=16]"));

        Intake.AssertScene(picture);
    }

    [Theory]
    [InlineData("png")]
    [InlineData("jpg")]
    public async Task Grey_pictures_stay_grey(string format)
    {
        using var grey = (Image.Black(200, 200) + 100).Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Bw);

        using var picture = await Intake.AcceptAsync(grey.Save(format));

        Intake.AssertColour(picture, 0.5, 0.5, [100, 100, 100], tolerance: 2);
    }

    [Theory]
    [InlineData("gif")]
    [InlineData("webp")]
    public async Task The_first_frame_stands_for_an_animation(string format)
    {
        var file = Pictures.Animate(
            format, Pictures.Plain(Pictures.Green, 200, 100), Pictures.Plain(Pictures.Red, 200, 100), Pictures.Scene(200, 100));

        using var picture = await Intake.AcceptAsync(file);

        Assert.Equal((200, 100), (picture.Width, picture.Height));
        Intake.AssertColour(picture, 0.5, 0.5, Pictures.Green);
    }

    [Theory]
    [InlineData(4000, 3000, 2048, 1536)]
    [InlineData(1000, 4000, 512, 2048)]
    [InlineData(64, 64, 64, 64)]
    public async Task Large_pictures_are_scaled_down_and_small_ones_left_alone(int width, int height, int toWidth, int toHeight)
    {
        using var picture = await Intake.AcceptAsync(Pictures.Scene(width, height).Save("png"));

        Assert.Equal((toWidth, toHeight), (picture.Width, picture.Height));
    }

    [Fact]
    public async Task Somebody_who_waits_for_a_free_decoder_may_give_up()
    {
        using var intake = Intake.Create(new ImagingOptions { MaxConcurrent = 1 });
        using var patience = new CancellationTokenSource();
        var busy = intake.AcceptAsync(Pictures.Noise(3_000, 3_000).Save("png[compression=1]"), default);

        var waiting = intake.AcceptAsync(Pictures.Scene().Save("png"), patience.Token);
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.IsType<IntakeOutcome.Accepted>(await busy);
    }
}
