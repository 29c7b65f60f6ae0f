using System.Globalization;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Api.OpenAi;

/// <summary>
/// A size such as <c>1366x768</c> as the quality and aspect ratio that make it. The sizes of OpenAI's models are served by the
/// nearest of ours, and the first response has the size that the video will have.
/// </summary>
internal sealed record VideoSize(string Quality, string AspectRatio)
{
    private static readonly int[] Sides = [512, 768, 1024];

    private static readonly Dictionary<string, VideoSize> BySize = All();

    /// <summary>The size of requests that name none, or <c>auto</c>.</summary>
    public static VideoSize Default { get; } = new("768", Grains.Generations.Contract.AspectRatio.Square);

    /// <summary>The sizes that can be requested.</summary>
    public static IReadOnlyCollection<string> Names => BySize.Keys;

    /// <summary>Returns null for a size that this server does not make.</summary>
    public static VideoSize? Of(string? size) =>
        string.IsNullOrEmpty(size) || size == "auto" ? Default : BySize.GetValueOrDefault(size);

    public static string Text(FrameSize frame) =>
        string.Create(CultureInfo.InvariantCulture, $"{frame.Width}x{frame.Height}");

    private static Dictionary<string, VideoSize> All()
    {
        var sizes = new Dictionary<string, VideoSize>(StringComparer.Ordinal);
        foreach (var shape in Grains.Generations.Contract.AspectRatio.Fixed)
        {
            foreach (var side in Sides)
            {
                var frame = Grains.Generations.Contract.AspectRatio.Of(shape)!.Value.WithShortSide(side);
                sizes.Add(Text(frame), new VideoSize(side.ToString(CultureInfo.InvariantCulture), shape));
            }
        }

        foreach (var (longSide, shortSide) in ((int, int)[])[(1280, 720), (1792, 1024), (1920, 1080)])
        {
            var nearest = Sides.MinBy(side => Math.Abs(side - shortSide)).ToString(CultureInfo.InvariantCulture);
            sizes.TryAdd(Text(new FrameSize(longSide, shortSide)), new VideoSize(nearest, "16:9"));
            sizes.TryAdd(Text(new FrameSize(shortSide, longSide)), new VideoSize(nearest, "9:16"));
        }

        return sizes;
    }
}
