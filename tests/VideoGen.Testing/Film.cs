using System.Globalization;
using CliWrap;
using CliWrap.Buffered;

namespace VideoGen.Testing;

/// <summary>The film that the tests ask for, and a look at what came that does not believe the product.</summary>
public sealed record Film(int Width, int Height, int Frames, string Rate)
{
    public const int Seconds = 3;
    public const int Side = 512;
    public const int AskedFrames = Seconds * 24;

    public static async Task<Film> DownloadAsync(HttpClient client, string videoUrl)
    {
        using var folder = new TemporaryDirectory();
        var path = Path.Combine(folder.Path, "film.mp4");
        await File.WriteAllBytesAsync(path, await client.GetByteArrayAsync(videoUrl));
        var probe = await Cli.Wrap("ffprobe")
            .WithArguments(["-v", "error", "-count_frames", "-select_streams", "v:0", "-of", "csv=p=0",
                "-show_entries", "stream=width,height,r_frame_rate,nb_read_frames", path])
            .ExecuteBufferedAsync();
        var facts = probe.StandardOutput.Trim().Split(',');    // 512,512,24/1,72
        return new(Number(facts[0]), Number(facts[1]), Number(facts[3]), facts[2]);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
