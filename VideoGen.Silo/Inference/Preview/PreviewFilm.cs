using VideoGen.Grains.Video;
using VideoGen.Silo.Video;

namespace VideoGen.Silo.Inference.Preview;

/// <summary>The film of a preview: the middle square of a picture under a moving camera, already in the asked shape.</summary>
internal static class PreviewFilm
{
    /// <summary>
    /// The still is decoded and scaled once and then repeated. It is a quarter larger than the film, so that the closest view is
    /// still sharp and the last scaling smooths what the camera sampled.
    /// </summary>
    public static FilmJob Job(string picture, CameraMove move, VideoShape shape, string target, IProgress<double> progress)
    {
        var still = shape.Side * 5 / 4;
        var filter =
            $"{FilmJob.Square(still)},format=yuv420p,loop=loop={shape.Frames - 1}:size=1:start=0,setpts=N/{VideoShape.FrameRate}/TB,"
            + $"{move.Filter(shape.Frames)},scale={shape.Side}:{shape.Side}:flags=bicubic";
        return new FilmJob(
            ["-protocol_whitelist", "file,pipe", "-f", "jpeg_pipe", "-i", FilmJob.FileUrl(picture)],
            ["-vf", filter, .. FilmJob.Mp4(target, shape.Frames)],
            shape.Frames,
            progress);
    }
}
