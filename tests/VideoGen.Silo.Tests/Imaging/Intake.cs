using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NetVips;
using VideoGen.Grains.Media;
using VideoGen.Silo.Imaging;

namespace VideoGen.Silo.Tests.Imaging;

/// <summary>Takes pictures in for a test and looks at what came out.</summary>
internal static class Intake
{
    public static NetVipsImageIntake Create(ImagingOptions? options = null, TimeProvider? time = null) =>
        new(Options.Create(options ?? new ImagingOptions()), time ?? TimeProvider.System,
        NullLogger<NetVipsImageIntake>.Instance);

    public static async Task<IntakeOutcome> TakeAsync(byte[] file)
    {
        using var intake = Create();
        return await intake.AcceptAsync(file, default);
    }

    /// <summary>The stored picture, after checking that it is what is promised: a plain sRGB JPEG of the size said.</summary>
    public static async Task<Image> AcceptAsync(byte[] file)
    {
        var accepted = Assert.IsType<IntakeOutcome.Accepted>(await TakeAsync(file));
        var image = Image.NewFromBuffer(accepted.Jpeg);
        Assert.Equal("jpegload_buffer", image.Get("vips-loader"));
        Assert.Equal((accepted.Size.Width, accepted.Size.Height), (image.Width, image.Height));
        Assert.Equal((3, Enums.Interpretation.Srgb), (image.Bands, image.Interpretation));
        return image;
    }

    public static async Task<string> RefuseAsync(byte[] file)
    {
        var refused = Assert.IsType<IntakeOutcome.Refused>(await TakeAsync(file));
        Assert.EndsWith(".", refused.Detail, StringComparison.Ordinal);
        return refused.Code;
    }

    /// <summary>The colour at a place given in parts of the width and height, JPEG losses allowed for.</summary>
    public static void AssertColour(Image image, double x, double y, double[] expected, double tolerance = 12)
    {
        var actual = image.Getpoint((int)(x * image.Width), (int)(y * image.Height));
        Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.Second, pair.First - tolerance, pair.First + tolerance));
    }

    public static void AssertScene(Image image, double tolerance = 12)
    {
        AssertColour(image, 0.25, 0.25, Pictures.Red, tolerance);
        AssertColour(image, 0.75, 0.25, Pictures.Green, tolerance);
        AssertColour(image, 0.25, 0.75, Pictures.Blue, tolerance);
        AssertColour(image, 0.75, 0.75, Pictures.Black, tolerance);
    }
}
