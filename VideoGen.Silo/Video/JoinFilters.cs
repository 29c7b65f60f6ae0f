using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Storyboards.Join;
using VideoGen.Grains.Video;

namespace VideoGen.Silo.Video;

/// <summary>The ffmpeg filters of a join.</summary>
internal static class JoinFilters
{
    /// <summary>The name of the output of <see cref="Segment"/>.</summary>
    public const string Output = "[joined]";

    // A cross-fade leaves out the last frame of its inputs; the output ends before it.
    private const string OneMore = "tpad=stop=2:stop_mode=clone";

    // At a cut: short enough not to be heard as a fade, long enough that nothing clicks.
    private const int CutFadeSamples = PcmTrack.SampleRate * 60 / 1000;

    /// <summary>
    /// Exactly these frames, numbered anew, whatever their timestamps were. In a cross-fade of n frames the second video has
    /// 1/(n+1) in the first of them and n/(n+1) in the last, so that none is that of one video alone.
    /// </summary>
    public static string Segment(SourceFrames frames, SourceFrames? fadesTo, FrameSize size) => fadesTo is null
        ? $"[0:V:0]{Numbered(frames, size)}{Output}"
        : $"[0:V:0]{Numbered(frames, size)},{OneMore}[a];[1:V:0]{Numbered(fadesTo, size)},{OneMore}[b];"
            + $"[a][b]xfade=transition=fade:duration={Microseconds(frames.Count + 1)}us:offset=-{Microseconds(1)}us{Output}";

    /// <summary>One frame, in the colors of pictures.</summary>
    public static string Still(int frame) =>
        $"trim=start_frame={frame}:end_frame={frame + 1},scale=flags=lanczos+accurate_rnd+full_chroma_int,format=rgb24";

    /// <summary>
    /// The sound of exactly these frames, as 48 kHz stereo. <paramref name="start"/> is when the first frame of the video is
    /// shown, in seconds from the beginning of the file.
    /// </summary>
    public static string Heard(SourceFrames frames, double start)
    {
        var first = (frames.From * PcmTrack.SamplesPerFrame) + (int)Math.Round(start * PcmTrack.SampleRate);
        return $"aresample={PcmTrack.SampleRate}:async=1:first_pts=0,aformat=sample_fmts=fltp:channel_layouts=stereo,"
            + $"atrim=start_sample={first}:end_sample={first + (frames.Count * PcmTrack.SamplesPerFrame)},asetpts=N/SR/TB";
    }

    /// <summary>
    /// Fades at both ends: with equal power over a cross-fade, shortly at a cut. Sound that ends before its frames is followed by
    /// silence.
    /// </summary>
    public static string Faded(SourceFrames frames, SoundPlace place)
    {
        var samples = frames.Count * PcmTrack.SamplesPerFrame;
        var (fadeIn, fadeOut) = (Fade(place.FadeIn), Fade(place.FadeOut));
        return $"aresample={PcmTrack.SampleRate},apad=whole_len={samples},atrim=end_sample={samples},"
            + $"afade=t=in:ss=0:ns={fadeIn}:curve=qsin,afade=t=out:ss={samples - fadeOut}:ns={fadeOut}:curve=qsin";
    }

    private static int Fade(int frames) => frames > 0 ? frames * PcmTrack.SamplesPerFrame : CutFadeSamples;

    private static string Numbered(SourceFrames frames, FrameSize size) =>
        $"trim=start_frame={frames.From}:end_frame={frames.From + frames.Count},{VideoFilters.Framed(size, Fit.Cover)},"
        + $"settb=1/{VideoShape.FrameRate},setpts=N,fps={VideoShape.FrameRate},format=yuv420p";

    private static long Microseconds(int frames) => frames * 1_000_000L / VideoShape.FrameRate;
}
