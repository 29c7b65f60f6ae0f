using System.Globalization;
using CliWrap;

namespace VideoGen.Silo.Video;

/// <summary>Reads the lines of <c>ffmpeg -progress</c>, such as <c>frame=42</c>.</summary>
internal sealed class FrameCount(int expected, IProgress<double>? progress)
{
    private const string Key = "frame=";

    public int Frames { get; private set; }

    public PipeTarget Target => PipeTarget.ToDelegate(Read);

    private void Read(string line)
    {
        if (line.StartsWith(Key, StringComparison.Ordinal)
            && int.TryParse(line.AsSpan(Key.Length), NumberStyles.Integer, CultureInfo.InvariantCulture, out var frames))
        {
            Frames = frames;
            progress?.Report(Math.Min(1, (double)frames / expected));
        }
    }
}
