using VideoGen.Grains.Video;
using VideoGen.Silo.Video;

namespace VideoGen.Silo.Backends.Preview;

/// <summary>
/// The video of a preview: the middle square of a picture under a moving camera, already in the requested shape.
/// </summary>
internal static class PreviewVideo
{
    /// <summary>
    /// The still is decoded and scaled once and then repeated. It is a quarter larger than the video, so that the closest view is
    /// still sharp and the final scaling smooths the sampling.
    /// </summary>
    public static VideoJob Job(string picture, CameraMove move, VideoShape shape, string target, IProgress<double> progress)
    {
        var still = shape.Side * 5 / 4;
        var filter =
            $"{VideoJob.Square(still)},format=yuv420p,loop=loop={shape.Frames - 1}:size=1:start=0,setpts=N/{VideoShape.FrameRate}/TB,"
            + $"{move.Filter(shape.Frames)},scale={shape.Side}:{shape.Side}:flags=bicubic";
        return new VideoJob(
            ["-protocol_whitelist", "file,pipe", "-f", "jpeg_pipe", "-i", VideoJob.FileUrl(picture)],
            ["-vf", filter, .. VideoJob.Mp4(target, shape.Frames)],
            shape.Frames,
            progress);
    }
}
