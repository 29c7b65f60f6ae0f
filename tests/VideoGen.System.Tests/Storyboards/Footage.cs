using System.Globalization;
using System.Text.Json;
using CliWrap;
using CliWrap.Buffered;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Storyboards;

/// <summary>
/// A downloaded video: all its frames, small and grey, its chapters and its sound. The frames are taken as they are seen, however
/// their colors are stored.
/// </summary>
internal sealed class Footage
{
    private const int Side = 64;
    private const int SampleRate = 8000;

    /// <summary>Of full scale: what is silent has the noise of its encoding.</summary>
    private const double Loud = 0.02;

    private readonly byte[] _pixels;
    private readonly byte[] _samples;

    private Footage(byte[] pixels, byte[] samples, IReadOnlyList<Mark> chapters) =>
        (_pixels, _samples, Chapters) = (pixels, samples, chapters);

    public int Frames => _pixels.Length / (Side * Side);

    public bool HasSound => _samples.Length > 0;

    public IReadOnlyList<Mark> Chapters { get; }

    public static async Task<Footage> DownloadAsync(HttpClient client, string url)
    {
        using var folder = new TemporaryDirectory();
        var path = Path.Combine(folder.Path, "video.mp4");
        await File.WriteAllBytesAsync(path, await client.GetByteArrayAsync(url));
        var report = await Cli.Wrap("ffprobe")
            .WithArguments(["-v", "error", "-show_chapters", "-show_entries", "stream=codec_type", "-of", "json", path])
            .ExecuteBufferedAsync();
        var facts = JsonDocument.Parse(report.StandardOutput).RootElement;
        var hasSound = facts.GetProperty("streams").EnumerateArray().Any(stream => stream.Text("codec_type") == "audio");
        return new(
            await DecodeAsync(
                path, "-vf", $"format=rgb24,scale={Side}:{Side}:flags=area,format=gray", "-fps_mode", "passthrough", "-f",
                "rawvideo"),
            hasSound ? await DecodeAsync(path, "-vn", "-ac", "1", "-ar", $"{SampleRate}", "-f", "s16le") : [],
            [.. facts.GetProperty("chapters").EnumerateArray().Select(Mark.Read)]);
    }

    /// <summary>The pixels of a frame, from 0.</summary>
    public double[] Frame(int index) => [.. _pixels.Skip(index * Side * Side).Take(Side * Side).Select(pixel => (double)pixel)];

    /// <summary>How much two pictures differ on average: 0 to 255.</summary>
    public static double Distance(double[] one, double[] other) =>
        one.Zip(other, (first, second) => Math.Abs(first - second)).Average();

    /// <summary>When it is first heard in a range, in seconds from the beginning; null for silence.</summary>
    public double? HeardFrom(double start, double end)
    {
        for (var sample = (int)(start * SampleRate); sample < end * SampleRate && sample * 2 < _samples.Length; sample++)
        {
            if (Math.Abs((int)BitConverter.ToInt16(_samples, sample * 2)) > Loud * short.MaxValue)
            {
                return (double)sample / SampleRate;
            }
        }

        return null;
    }

    private static async Task<byte[]> DecodeAsync(string path, params string[] how)
    {
        using var decoded = new MemoryStream();
        await Cli.Wrap("ffmpeg").WithArguments(["-nostdin", "-v", "error", "-i", path, .. how, "-"])
            .WithStandardOutputPipe(PipeTarget.ToStream(decoded)).ExecuteAsync();
        return decoded.ToArray();
    }
}

/// <summary>A chapter of a video: the frame with which it begins, and its title.</summary>
internal sealed record Mark(int Frame, string Title)
{
    public static Mark Read(JsonElement chapter) => new(
        (int)Math.Round(double.Parse(chapter.Text("start_time"), CultureInfo.InvariantCulture) * 24),
        chapter.GetProperty("tags").Text("title"));
}
