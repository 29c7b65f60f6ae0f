using System.ComponentModel;
using CliWrap;
using VideoGen.FakeHub.Jobs;

namespace VideoGen.FakeHub.Cdn;

/// <summary>
/// What the models "render": real H.264 films of a test pattern, in sizes and frame rates that nobody asks for, as with the real
/// models; and a picture to pass off as a film. Made once per process.
/// </summary>
internal sealed class Films
{
    private static readonly Lazy<Task<Films>> Made = new(MakeAsync);
    private static readonly Lazy<Task<byte[]>> MadeWebm =
        new(() => MakeAsync("wan.webm", TestPattern("size=832x480:rate=16"), 81));

    // Black and silent but from second 1 to 1.2, like the models of 2026 that make sound: four seconds at 25 a second, 16:9.
    private static readonly Lazy<Task<byte[]>> MadeSound = new(() => MakeAsync(
        "sound.mp4",
        [
            "-f", "lavfi", "-i", "color=black:s=1280x720:r=25:d=4,drawbox=enable='between(t,1,1.2)':color=white:t=fill",
            "-f", "lavfi", "-i", "aevalsrc='if(between(t,1,1.2),0.8*sin(2*PI*1000*t),0)':s=44100:d=4", "-c:a", "aac",
        ],
        100));

    /// <summary>Like Wan: 81 frames at 16 a second, 832 × 480.</summary>
    public required byte[] Wan { get; init; }

    /// <summary>Like Stable Video Diffusion: 25 frames at 7 a second, 1024 × 576.</summary>
    public required byte[] Diffusion { get; init; }

    /// <summary>72 frames at 24 a second, 512 × 512: nothing has to be done about it.</summary>
    public required byte[] Shaped { get; init; }

    /// <summary>A PNG.</summary>
    public required byte[] Picture { get; init; }

    public static Task<Films> GetAsync() => Made.Value;

    /// <summary>The film like Wan's as VP9 in WebM; made when it is first asked for, since that takes long.</summary>
    public static Task<byte[]> WebmAsync() => MadeWebm.Value;

    /// <summary>A film with a beep and a flash after one second; made when it is first asked for.</summary>
    public static Task<byte[]> SoundAsync() => MadeSound.Value;

    public byte[] For(Job job) => job.Order.Provider == Dedicated.DedicatedEndpoint.Provider ? Diffusion
        : job.IsShaped ? Shaped : Wan;

    private static async Task<Films> MakeAsync()
    {
        var folder = Directory.CreateTempSubdirectory("videogen-fakehub-");
        try
        {
            return new()
            {
                Wan = await RenderAsync(folder, "wan.mp4", TestPattern("size=832x480:rate=16"), 81),
                Diffusion = await RenderAsync(folder, "diffusion.mp4", TestPattern("size=1024x576:rate=7"), 25),
                Shaped = await RenderAsync(folder, "shaped.mp4", TestPattern("size=512x512:rate=24"), 72),
                Picture = await RenderAsync(folder, "picture.png", TestPattern("size=320x240"), 1),
            };
        }
        catch (Win32Exception exception)
        {
            throw new InvalidOperationException("The films are made with ffmpeg, which could not be run: install it.", exception);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<byte[]> MakeAsync(string name, string[] draw, int frames)
    {
        var folder = Directory.CreateTempSubdirectory("videogen-fakehub-");
        try
        {
            return await RenderAsync(folder, name, draw, frames);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string[] TestPattern(string sizeAndRate) => ["-f", "lavfi", "-i", $"testsrc2={sizeAndRate}"];

    private static async Task<byte[]> RenderAsync(DirectoryInfo folder, string name, string[] draw, int frames)
    {
        var path = Path.Combine(folder.FullName, name);

        // The index first (faststart): then half a film still has a valid header, which is the harder case.
        string[] encode = Path.GetExtension(name) switch
        {
            ".mp4" => ["-c:v", "libx264", "-preset", "veryfast", "-crf", "36", "-pix_fmt", "yuv420p", "-movflags", "+faststart"],
            ".webm" => ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-pix_fmt", "yuv420p"],
            _ => [],
        };
        await Cli.Wrap("ffmpeg")
            .WithArguments(["-nostdin", "-loglevel", "error", .. draw, "-frames:v", $"{frames}", .. encode, path])
            .ExecuteAsync();
        return await File.ReadAllBytesAsync(path);
    }
}
