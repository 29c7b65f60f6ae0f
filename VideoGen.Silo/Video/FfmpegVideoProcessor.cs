using CliWrap;
using NetVips;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Video;

namespace VideoGen.Silo.Video;

/// <summary>Checks videos, converts them to the requested shape and makes posters, with ffmpeg.</summary>
internal sealed partial class FfmpegVideoProcessor(Ffmpeg ffmpeg, ILogger<FfmpegVideoProcessor> logger) : IVideoProcessor
{
    public async Task<InspectOutcome> InspectAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await VideoContainer.OfFileAsync(path, cancellationToken) switch
            {
                null => VideoRules.NotAVideo,
                { IsWebp: true } => await InspectWebpAsync(path, cancellationToken),
                var container => await InspectAsync(path, container, cancellationToken),
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogUnreadable(exception);
            return new InspectOutcome.Unavailable(ToolFailure.FileUnreadable);
        }
    }

    public async Task<ProcessOutcome> NormalizeAsync(string source, VideoFacts facts, string target, VideoShape shape,
        IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var timing = VideoTiming.Of(facts, shape);
        string[] filters =
        [
            .. facts.IsHdr ? [VideoFilters.ToSdr] : Array.Empty<string>(),
            VideoFilters.Framed(new FrameSize(shape.Width, shape.Height), shape.Fit),
            timing.HasSound ? VideoFilters.Timed(shape.Frames) : VideoFilters.Stretched(timing.Stretch),
        ];
        var sound = timing.HasSound && !shape.IsSilent ? VideoFilters.Sound(facts, shape) : null;
        var container = await VideoContainer.OfFileAsync(source, cancellationToken);
        var webp = container is { IsWebp: true } ? AnimatedWebp.Read(source) : null;
        var outcome = await EncodeAsync(sound);
        if (outcome is not ProcessOutcome.Failed || sound is null)
        {
            return outcome;
        }

        LogWithoutSound();
        return await EncodeAsync(null);    // a sound track that cannot be decoded must not cost the video

        async Task<ProcessOutcome> EncodeAsync(string? audio)
        {
            string[] output = ["-vf", string.Join(',', filters), .. VideoJob.Mp4(target, shape.Frames, audio)];
            var job = new VideoJob(webp?.Input ?? VideoJob.Untrusted(source, container), output, shape.Frames, progress)
            {
                Pixels = webp?.Pixels ?? PipeSource.Null,
            };
            var run = await ffmpeg.RunAsync(job, cancellationToken);
            return ToolFailure.OutcomeOf(await ToolFailure.OfVideoAsync(run, shape.Frames, target, cancellationToken));
        }
    }

    public async Task<ProcessOutcome> MakePosterAsync(string source, string target, CancellationToken cancellationToken)
    {
        // The frame nearest to the average of the whole video: no fade, no flash. JPEG is always BT.601, full range.
        const string Filter = @"select=not(mod(n\,6)),thumbnail=60,scale=out_range=pc:out_color_matrix=bt601";
        var job = new VideoJob(
            VideoJob.Untrusted(source, await VideoContainer.OfFileAsync(source, cancellationToken)),
            [
                "-map", "0:V:0", "-vf", Filter, "-frames:v", "1", "-c:v", "mjpeg", "-q:v", "3", "-pix_fmt", "yuvj420p",
                "-update", "1", "-f", "image2", VideoJob.FileUrl(target),
            ],
            Frames: 1);
        return ToolFailure.OutcomeOf(ToolFailure.Of(await ffmpeg.RunAsync(job, cancellationToken), frames: 1));
    }

    private async Task<InspectOutcome> InspectAsync(string path, VideoContainer container, CancellationToken cancellationToken)
    {
        var source = VideoJob.Untrusted(path, container);
        var report = new ProbeReport();
        var probe = await ffmpeg.ProbeAsync([.. ProbeReport.Arguments, .. source], report.Target, cancellationToken);
        if (Trouble(probe) is { } unreadable)
        {
            return unreadable;
        }

        if (VideoRules.Refuse(report) is { } refused)
        {
            return refused;
        }

        var video = report.Video!;
        var decoded = await ffmpeg.RunAsync(new VideoJob(source, VideoJob.DecodeToTheEnd, int.MaxValue), cancellationToken);
        return Trouble(decoded) is { } broken ? broken
            : !VideoRules.IsWhole(video, decoded.Frames) ? VideoRules.Broken
            : new InspectOutcome.Film(new VideoFacts(
                video.Codec ?? "", video.PixelFormat ?? "", video.Width, video.Height, video.FrameRate, decoded.Frames,
                report.Duration, new FileInfo(path).Length,
                container.IsMp4 && await FastStart.IsFirstAsync(path, cancellationToken), report.HasAudio,
                video.IsTurned, video.IsHdr));
    }

    /// <summary>ffmpeg counts the frames that libvips decodes.</summary>
    private async Task<InspectOutcome> InspectWebpAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var webp = AnimatedWebp.Read(path);
            if (VideoRules.Refuse(webp) is { } refused)
            {
                return refused;
            }

            var decoded = await ffmpeg.RunAsync(
                new VideoJob(webp.Input, VideoJob.DecodeToTheEnd, int.MaxValue) { Pixels = webp.Pixels }, cancellationToken);
            return Trouble(decoded) is { } broken ? broken
                : decoded.Frames != webp.Frames ? VideoRules.Broken
                : new InspectOutcome.Film(new VideoFacts(
                    "webp", "rgb24", webp.Width, webp.Height, webp.FrameRate, webp.Frames, webp.Seconds,
                    new FileInfo(path).Length, IsFastStart: false, HasAudio: false));
        }
        catch (VipsException)
        {
            return VideoRules.Broken;
        }
    }

    private static InspectOutcome? Trouble(ToolRun run) => ToolFailure.Of(run) switch
    {
        null => Damage.IsNamedIn(run.Complaint) ? VideoRules.Broken : null,
        { IsOurs: true } trouble => new InspectOutcome.Unavailable(trouble.Error),
        _ => VideoRules.Broken,
    };

    [LoggerMessage(LogLevel.Warning, "The sound of a result cannot be used; the video is made without it")]
    private partial void LogWithoutSound();

    [LoggerMessage(LogLevel.Warning, "Cannot read a result in the media store")]
    private partial void LogUnreadable(Exception exception);
}
