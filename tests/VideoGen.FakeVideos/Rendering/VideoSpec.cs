using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace VideoGen.FakeVideos.Rendering;

/// <summary>All that a video depends on. Requests that agree in it share one file.</summary>
internal sealed record VideoSpec(string? Picture, int Width, int Height, int Frames, int Fps, bool Sound)
{
    public string FileName { get; } = Hash($"{Picture} {Width} {Height} {Frames} {Fps} {Sound}")[..32] + ".mp4";

    /// <summary>
    /// What ffmpeg is to do: the camera wanders over the picture, or over a test pattern where there is none. The picture is
    /// decoded and scaled once.
    /// </summary>
    public IReadOnlyList<string> Arguments(string? picture, string output)
    {
        string[] draw = picture is null
            ? ["-f", "lavfi", "-i", $"testsrc2=size={Width}x{Height}:rate={Fps}"]
            : ["-framerate", $"{Fps}", "-i", picture];
        var seconds = ((double)Frames / Fps).ToString(CultureInfo.InvariantCulture);
        string[] sound = Sound ? ["-f", "lavfi", "-i", $"sine=frequency=440:sample_rate=44100:duration={seconds}"] : [];
        var format = (Width | Height) % 2 == 0 ? "yuv420p" : "yuv444p";
        var wander = $"scale={Width * 9 / 8}:{Height * 9 / 8}:force_original_aspect_ratio=increase,format={format},"
            + $"loop=loop=-1:size=1:start=0,setpts=N/({Fps}*TB),"
            + $"crop={Width}:{Height}:(in_w-out_w)*n/{Frames}:(in_h-out_h)*n/{Frames},setsar=1";
        return
        [
            "-nostdin", "-loglevel", "error", .. draw, .. sound, "-vf", picture is null ? $"format={format}" : wander,
            "-frames:v", $"{Frames}", "-r", $"{Fps}", "-threads", "1", "-c:v", "libx264", "-preset", "ultrafast", "-crf", "30",
            "-c:a", "aac", "-movflags", "+faststart", "-y", output,
        ];
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
