using CliWrap;
using VideoGen.ServiceDefaults;

namespace VideoGen.Silo.Video;

/// <summary>Fails the start when ffmpeg is missing or cannot do what generations need.</summary>
internal sealed class FfmpegCheck(Ffmpeg ffmpeg) : IHostedLifecycleService
{
    private const string HowToInstall =
        "Install ffmpeg 5.1 or later (Debian and Ubuntu: apt-get install ffmpeg; macOS: brew install ffmpeg; "
        + "Windows: winget install Gyan.FFmpeg), or set VideoGen__Video__FfmpegPath and VideoGen__Video__FfprobePath.";

    /// <exception cref="StartupException">ffmpeg is missing, or has no H.264 encoder.</exception>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var probe = await ffmpeg.ProbeAsync(["-version"], PipeTarget.Null, cancellationToken);
        if (probe.End is not ToolEnd.Succeeded)
        {
            throw Missing("ffprobe");
        }

        var encode = await ffmpeg.RunAsync(
            new VideoJob(
                ["-f", "lavfi", "-i", "color=size=64x64:duration=0.1"], ["-c:v", "libx264", "-f", "null", "-"], Frames: 2),
            cancellationToken);
        if (encode.End is not ToolEnd.Succeeded)
        {
            throw encode.End is ToolEnd.NotStarted
                ? Missing("ffmpeg")
                : new StartupException($"The ffmpeg on this machine cannot encode H.264 with libx264. {HowToInstall}");
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static StartupException Missing(string tool) => new($"VideoGen cannot run {tool}. {HowToInstall}");
}
