using NetVips;

namespace VideoGen.Silo.Imaging;

/// <summary>
/// Where a picture is most likely to be looked at: skin tones, edges and saturated colors (libvips, <c>smartcrop</c> with
/// <c>attention</c>). One point per picture, so that crops of all shapes agree.
/// </summary>
internal static class Attention
{
    private const int Side = 256;

    /// <summary>The point in fractions of the width and the height, 0 to 1.</summary>
    public static (double X, double Y) In(byte[] picture) =>
        In(Image.ThumbnailBuffer(picture, Side, height: Side, size: Enums.Size.Down));

    /// <summary>The same for a file.</summary>
    public static (double X, double Y) In(string path) => In(Image.Thumbnail(path, Side, height: Side, size: Enums.Size.Down));

    private static (double X, double Y) In(Image thumbnail)
    {
        using var small = thumbnail;
        var shorter = Math.Min(small.Width, small.Height);
        using var crop = small.Smartcrop(shorter, shorter, out var x, out var y, Enums.Interesting.Attention);
        return ((double)x / small.Width, (double)y / small.Height);
    }
}
