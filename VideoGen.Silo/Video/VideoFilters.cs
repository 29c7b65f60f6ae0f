using System.Globalization;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Video;

namespace VideoGen.Silo.Video;

/// <summary>The ffmpeg filters that bring a result to the requested shape, length and sound.</summary>
internal static class VideoFilters
{
    /// <summary>Tone mapping from HDR (BT.2020) to the colors of ordinary screens.</summary>
    public const string ToSdr =
        "zscale=transfer=linear:npl=100,format=gbrpf32le,zscale=primaries=bt709,tonemap=hable:desat=0,"
        + "zscale=transfer=bt709:matrix=bt709:range=tv,format=yuv420p";

    private const string HoldLastFrame = "tpad=stop=-1:stop_mode=clone";
    private const double LongFade = 0.5;
    private const double ShortFade = 0.1;

    /// <summary>
    /// In its own time: each frame at its moment, counted from the start of the sound, which can precede the first frame. Frames
    /// are not blended, because a blend shows an event before it is heard.
    /// </summary>
    public static string Timed(int frames) => $"fps={VideoShape.FrameRate}:start_time=0,{HoldLastFrame},trim=end_frame={frames}";

    /// <summary>
    /// Stretched in time, then blended to the frame rate; the last frame is held for as long as the output wants frames.
    /// </summary>
    public static string Stretched(double stretch) =>
        string.Create(CultureInfo.InvariantCulture,
            $"setpts={stretch:0.######}*(PTS-STARTPTS),framerate=fps={VideoShape.FrameRate}:scene=100,{HoldLastFrame}");

    /// <summary>
    /// Brings a frame of any size and pixel shape to the requested size, in video colors: cropped in the middle, or whole between
    /// bars.
    /// </summary>
    public static string Framed(FrameSize size, Fit fit)
    {
        var (wide, high) = ($"{size.Width}/{size.Height}", $"{size.Height}/{size.Width}");
        return fit is Fit.Cover
            ? $"crop='min(iw,ih*{wide}/sar)':'min(ih,iw*sar*{high})',{Scaled($"{size.Width}:{size.Height}")}"
            : Scaled($"'min({size.Width},2*round({size.Height}*dar/2))':'min({size.Height},2*round({size.Width}/dar/2))'")
                + $",pad={size.Width}:{size.Height}:-1:-1";
    }

    /// <summary>
    /// The sound in sync with the frames, as long as the video: trimmed, or followed by silence while the last frame is held. It
    /// is faded where it ends early.
    /// </summary>
    public static string Sound(VideoFacts facts, VideoShape shape)
    {
        var end = Math.Min(shape.DurationSeconds, facts.DurationSeconds);
        var fade = Math.Min(end, VideoTiming.Of(facts, shape).HeldSeconds > 0 ? LongFade : ShortFade);
        return string.Create(CultureInfo.InvariantCulture,
            $"aresample=48000:async=1:first_pts=0,atrim=end={end:0.###},afade=t=out:st={end - fade:0.###}:d={fade:0.###},"
            + $"apad=whole_dur={shape.DurationSeconds}");
    }

    private static string Scaled(string size) => $"scale={size}:flags=lanczos:out_range=tv:out_color_matrix=bt709,setsar=1";
}
