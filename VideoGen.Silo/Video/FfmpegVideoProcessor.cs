using System.Globalization;
using VideoGen.Grains.Ports;

namespace VideoGen.Silo.Video;

/// <summary>Checks films, brings them to shape and takes their pictures, with ffmpeg.</summary>
internal sealed class FfmpegVideoProcessor(Ffmpeg ffmpeg) : IVideoProcessor
{
    public async Task<InspectOutcome> InspectAsync(string path, CancellationToken cancellationToken)
    {
        var probe = await ffmpeg.ProbeAsync([.. ProbeReport.Arguments, .. FilmJob.Untrusted(path)], cancellationToken);
        if (Trouble(probe, FilmRules.NotAFilm) is { } noFilm)
        {
            return noFilm;
        }

        var report = ProbeReport.Parse(probe.Output);
        if (report?.Film is not { } film || FilmRules.Refuse(report) is not null)
        {
            return FilmRules.Refuse(report) ?? FilmRules.NotAFilm;
        }

        var decoded = await ffmpeg.RunAsync(
            new FilmJob(FilmJob.Untrusted(path), DecodeToTheEnd, int.MaxValue), cancellationToken);
        if (Trouble(decoded, FilmRules.Broken) is { } broken)
        {
            return broken;
        }

        return decoded is { Complaint: "", Frames: > 0 }
            ? new InspectOutcome.Film(new VideoFacts(
                film.CodecName ?? "", film.PixFmt ?? "", film.Width, film.Height, film.FrameRate, decoded.Frames, report.Duration,
                new FileInfo(path).Length, await FastStart.IsFirstAsync(path, cancellationToken), report.HasAudio))
            : FilmRules.Broken;
    }

    public async Task<ProcessOutcome> NormalizeAsync(string source, VideoFacts facts, string target, VideoShape shape,
        IProgress<double>? progress, CancellationToken cancellationToken)
    {
        // Stretched to the asked length, then blended to the frame rate; the last frame stands still for what rounding leaves over.
        var stretch = facts.DurationSeconds > 0 ? shape.DurationSeconds / facts.DurationSeconds : 1;
        var filter = string.Create(CultureInfo.InvariantCulture,
            $"{FilmJob.Square(shape.Side)},setpts={stretch:0.######}*(PTS-STARTPTS),"
            + $"framerate=fps={VideoShape.FrameRate}:scene=100,tpad=stop=-1:stop_mode=clone");
        var job = new FilmJob(
            FilmJob.Untrusted(source), ["-vf", filter, .. FilmJob.Mp4(target, shape.Frames)], shape.Frames, progress);
        var run = await ffmpeg.RunAsync(job, cancellationToken);
        return Outcome(await ToolTrouble.OfFilmAsync(run, shape.Frames, target, cancellationToken));
    }

    public async Task<ProcessOutcome> MakePosterAsync(string source, string target, CancellationToken cancellationToken)
    {
        // The frame nearest to the average of the whole film: no fade, no flash. JPEG is always BT.601, full range.
        const string Filter = @"select=not(mod(n\,6)),thumbnail=60,scale=out_range=pc:out_color_matrix=bt601";
        var job = new FilmJob(
            FilmJob.Untrusted(source),
            [
                "-map", "0:v:0", "-vf", Filter, "-frames:v", "1", "-c:v", "mjpeg", "-q:v", "3", "-pix_fmt", "yuvj420p",
                "-update", "1", "-f", "image2", FilmJob.FileUrl(target),
            ],
            Frames: 1);
        return Outcome(ToolTrouble.Of(await ffmpeg.RunAsync(job, cancellationToken), frames: 1));
    }

    // The time stamps are numbered anew: odd ones are nothing to complain about here.
    private static IReadOnlyList<string> DecodeToTheEnd { get; } =
        ["-map", "0:v:0", "-an", "-sn", "-dn", "-vf", "setpts=N", "-fps_mode", "passthrough", "-f", "null", "-"];

    private static InspectOutcome? Trouble(ToolRun run, InspectOutcome.Refused refusal) => ToolTrouble.Of(run) switch
    {
        null => null,
        { IsOurs: true } trouble => new InspectOutcome.Unavailable(trouble.Error),
        _ => refusal,
    };

    private static ProcessOutcome Outcome(ToolTrouble? trouble) => trouble switch
    {
        null => new ProcessOutcome.Done(),
        { IsOurs: true } => new ProcessOutcome.Unavailable(trouble.Error),
        _ => new ProcessOutcome.Failed(trouble.Error),
    };
}
