namespace VideoGen.Silo.Video;

/// <summary>Stops the start when there is no ffmpeg that can do what generations will need.</summary>
internal sealed class FfmpegCheck(Ffmpeg ffmpeg) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var probe = await ffmpeg.ProbeAsync(["-version"], cancellationToken);
        if (probe.End is not ToolEnd.Succeeded)
        {
            throw FfmpegUnusableException.Missing("ffprobe");
        }

        var encode = await ffmpeg.RunAsync(
            new FilmJob(
                ["-f", "lavfi", "-i", "color=size=64x64:duration=0.1"], ["-c:v", "libx264", "-f", "null", "-"], Frames: 2),
            cancellationToken);
        if (encode.End is not ToolEnd.Succeeded)
        {
            throw encode.End is ToolEnd.NotStarted
                ? FfmpegUnusableException.Missing("ffmpeg")
                : FfmpegUnusableException.WithoutH264();
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
