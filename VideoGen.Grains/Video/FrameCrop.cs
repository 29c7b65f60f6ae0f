using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Video;

/// <summary>A part of a picture in pixels, from its top left corner.</summary>
public readonly record struct FrameCrop(int Left, int Top, int Width, int Height)
{
    /// <summary>
    /// The largest part of a picture that has a shape, around a focus (fractions of width and height, 0 to 1) as far as the edges
    /// allow.
    /// </summary>
    public static FrameCrop Of(FrameSize picture, FrameSize shape, (double X, double Y) focus)
    {
        var isTooWide = picture.Ratio > shape.Ratio;
        var width = isTooWide ? Math.Max(1, (int)Math.Round(picture.Height * shape.Ratio)) : picture.Width;
        var height = isTooWide ? picture.Height : Math.Max(1, (int)Math.Round(picture.Width / shape.Ratio));
        return new FrameCrop(
            Offset(focus.X, picture.Width, width), Offset(focus.Y, picture.Height, height), width, height);
    }

    private static int Offset(double focus, int whole, int part) =>
        Math.Clamp((int)Math.Round((focus * whole) - (part / 2.0)), 0, whole - part);
}
