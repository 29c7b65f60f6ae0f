namespace VideoGen.Grains.Generations.Contract;

/// <summary>
/// The shapes that a request can name. The quality is the short side; the long side is the nearest even number.
/// </summary>
public static class AspectRatio
{
    /// <summary>The shape of requests that name none.</summary>
    public const string Square = "1:1";

    /// <summary>The shape of the picture itself, which must be between 9:21 and 21:9.</summary>
    public const string Source = "source";

    private static readonly Dictionary<string, FrameSize> Ratios = new(StringComparer.Ordinal)
    {
        [Square] = new(1, 1),
        ["16:9"] = new(16, 9),
        ["9:16"] = new(9, 16),
        ["4:3"] = new(4, 3),
        ["3:4"] = new(3, 4),
        ["21:9"] = new(21, 9),
    };

    /// <summary>All fixed shapes, by name; <see cref="Source"/> is not among them.</summary>
    public static IReadOnlyCollection<string> Fixed => Ratios.Keys;

    /// <summary>The ratio of a fixed shape; null for another name.</summary>
    public static FrameSize? Of(string name) => Ratios.TryGetValue(name, out var ratio) ? ratio : null;

    /// <summary>Whether a picture of this size has a shape that a video can have.</summary>
    public static bool IsPossible(FrameSize picture) =>
        9 * (long)Math.Max(picture.Width, picture.Height) <= 21 * (long)Math.Min(picture.Width, picture.Height);
}

/// <summary>Width and height in pixels, or a ratio of them.</summary>
[GenerateSerializer, Immutable, Alias("videogen.frame-size")]
public readonly record struct FrameSize(int Width, int Height)
{
    /// <summary>Width divided by height.</summary>
    public double Ratio => (double)Width / Height;

    /// <summary>A frame of this ratio whose short side is <paramref name="side"/> pixels.</summary>
    public FrameSize WithShortSide(int side) => Width >= Height
        ? new FrameSize(NearestEven(side * Ratio), side)
        : new FrameSize(side, NearestEven(side / Ratio));

    /// <summary>The largest even size inside this frame that has the shape of a picture.</summary>
    public FrameSize Around(FrameSize picture) => picture.Ratio >= Ratio
        ? new FrameSize(Width, Math.Min(Height, NearestEven(Width / picture.Ratio)))
        : new FrameSize(Math.Min(Width, NearestEven(Height * picture.Ratio)), Height);

    private static int NearestEven(double length) => 2 * (int)Math.Round(length / 2, MidpointRounding.AwayFromZero);
}

/// <summary>How a picture of another shape becomes a video of the requested one.</summary>
[GenerateSerializer, Alias("videogen.fit")]
public enum Fit
{
    /// <summary>It fills the frame, cropped around what matters.</summary>
    Cover = 0,

    /// <summary>It is shown whole, with bars.</summary>
    Contain = 1,
}
