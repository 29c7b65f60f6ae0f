using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Video;
using VideoGen.Silo.Video;

namespace VideoGen.Silo.Backends.Preview;

/// <summary>The video of a preview: a picture under a moving camera, already in the requested shape.</summary>
internal static class PreviewVideo
{
    /// <summary>
    /// The still is decoded, cut (<paramref name="crop"/>, or in the middle) and scaled once and then repeated. It is a quarter
    /// larger than the video, so that the closest view is still sharp and the final scaling smooths the sampling. The camera
    /// moves inside the frame: bars around a picture that is shown whole stand still.
    /// </summary>
    public static VideoJob Job(
        string picture, FrameCrop? crop, CameraMove move, FrameSize view, VideoShape shape, string target,
        IProgress<double> progress)
    {
        var still = new FrameSize(Larger(view.Width), Larger(view.Height));
        var cut = crop is { } part ? $"crop={part.Width}:{part.Height}:{part.Left}:{part.Top}:exact=1," : "";
        var bars = view == new FrameSize(shape.Width, shape.Height) ? "" : $",pad={shape.Width}:{shape.Height}:-1:-1";
        var filter =
            $"{cut}{VideoFilters.Framed(still, Fit.Cover)},format=yuv420p,loop=loop={shape.Frames - 1}:size=1:start=0,"
            + $"setpts=N/{VideoShape.FrameRate}/TB,{move.Filter(shape.Frames)},"
            + $"scale={view.Width}:{view.Height}:flags=bicubic{bars}";
        return new VideoJob(
            ["-protocol_whitelist", "file,pipe", "-f", "jpeg_pipe", "-i", VideoJob.FileUrl(picture)],
            ["-vf", filter, .. VideoJob.Mp4(target, shape.Frames)],
            shape.Frames,
            progress);
    }

    private static int Larger(int side) => side * 5 / 8 * 2;
}
