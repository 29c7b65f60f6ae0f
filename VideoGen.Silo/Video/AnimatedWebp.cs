using System.Globalization;
using CliWrap;
using NetVips;
using VideoGen.Silo.Imaging;

namespace VideoGen.Silo.Video;

/// <summary>
/// An animated WebP. ffmpeg cannot decode it (https://trac.ffmpeg.org/ticket/4907), so libvips does, and passes the pixels on
/// frame by frame. Its frames are taken as equally long, which they are where a model made them.
/// </summary>
internal sealed record AnimatedWebp(string Path, int Width, int Height, int Frames, double Seconds)
{
    private const int LeastMilliseconds = 10;

    /// <summary>Frames per second.</summary>
    public double FrameRate => Seconds > 0 ? Frames / Seconds : 0;

    /// <summary>The input arguments of an ffmpeg that gets <see cref="Pixels"/>.</summary>
    public IReadOnlyList<string> Input =>
    [
        "-f", "rawvideo", "-pixel_format", "rgb24", "-video_size", $"{Width}x{Height}",
        "-framerate", FrameRate.ToString("0.######", CultureInfo.InvariantCulture), "-i", "pipe:0",
    ];

    /// <summary>All frames, decoded while they are written; fails with a <see cref="VipsException"/> if one is damaged.</summary>
    public PipeSource Pixels => PipeSource.Create((stream, cancellationToken) => Task.Factory.StartNew(
        () => Write(stream), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default));

    /// <summary>Reads the header only.</summary>
    /// <exception cref="VipsException">It is damaged.</exception>
    public static AnimatedWebp Read(string path)
    {
        using var image = Load(path);
        var frames = image.Contains("n-pages") ? (int)image.Get("n-pages") : 1;
        var delays = image.Contains("delay") ? (int[])image.Get("delay") : [];
        return new AnimatedWebp(
            path, image.Width, image.PageHeight, frames, delays.Sum(delay => Math.Max(delay, LeastMilliseconds)) / 1000.0);
    }

    private static Image Load(string path)
    {
        VipsLibrary.LockDown();    // the file comes from outside
        return Image.NewFromFile(
            path, access: Enums.Access.Sequential, failOn: Enums.FailOn.Error, kwargs: new VOption { { "n", -1 } });
    }

    private void Write(Stream stream)
    {
        using var frames = Load(Path);
        using var opaque = frames.HasAlpha() ? frames.Flatten() : frames.Copy();
        using var target = new TargetCustom();
        var isClosed = false;
        target.OnWrite += (buffer, length) =>
        {
            try
            {
                stream.Write(buffer, 0, length);
                return length;
            }
            catch (IOException)
            {
                isClosed = true;    // ffmpeg has ended, and its exit code says why
                return -1;
            }
        };
        try
        {
            opaque.RawsaveTarget(target);
        }
        catch (VipsException) when (isClosed)
        {
        }
    }
}
