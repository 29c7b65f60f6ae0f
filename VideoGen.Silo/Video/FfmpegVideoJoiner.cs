using System.Text;
using CliWrap;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Storyboards.Join;
using VideoGen.Grains.Video;

namespace VideoGen.Silo.Video;

/// <summary>
/// Joins videos with ffmpeg. All segments have the same encoding, so that they can be put together without another one.
/// </summary>
internal sealed class FfmpegVideoJoiner(Ffmpeg ffmpeg, ShotSound sound) : IVideoJoiner
{
    public async Task<ProcessOutcome> MakeSegmentAsync(SourceFrames frames, SourceFrames? fadesTo, FrameSize size,
        string target, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var job = new VideoJob(
            [
                .. await InputAsync(frames.Path, cancellationToken),
                .. fadesTo is null ? [] : await InputAsync(fadesTo.Path, cancellationToken),
            ],
            [
                "-filter_complex", JoinFilters.Segment(frames, fadesTo, size), .. TimeBase,
                .. VideoJob.Mp4(target, frames.Count, track: JoinFilters.Output),
            ],
            frames.Count,
            progress);
        var run = await ffmpeg.RunAsync(job, cancellationToken);
        return ToolFailure.OutcomeOf(await ToolFailure.OfVideoAsync(run, frames.Count, target, cancellationToken));
    }

    public Task<ProcessOutcome> AddSoundAsync(
        SourceFrames frames, SoundPlace place, string track, CancellationToken cancellationToken) =>
        sound.AddAsync(frames, place, track, cancellationToken);

    public async Task<ProcessOutcome> AssembleAsync(IReadOnlyList<string> segments, string? track,
        IReadOnlyList<Chapter> chapters, int frames, string target, IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        var list = $"{target}.chapters";
        try
        {
            await File.WriteAllTextAsync(list, ChapterList.Of(chapters, frames), cancellationToken);
            var run = await ffmpeg.RunAsync(Copy(segments, track, list, frames, target), cancellationToken);
            return await ToolFailure.OfVideoAsync(run, frames, target, cancellationToken) is { } trouble
                ? ToolFailure.OutcomeOf(trouble)
                : await CheckAsync(target, frames, progress, cancellationToken);
        }
        finally
        {
            File.Delete(list);
        }
    }

    public async Task<ProcessOutcome> SaveLastFrameAsync(string source, string target, CancellationToken cancellationToken)
    {
        // Counted, not sought: a seek goes by timestamps, and those of the last frames may be odd.
        var input = await InputAsync(source, cancellationToken);
        var decoded = await ffmpeg.RunAsync(new VideoJob(input, VideoJob.DecodeToTheEnd, int.MaxValue), cancellationToken);
        if (ToolFailure.Of(decoded, frames: 1) is { } unreadable)
        {
            return ToolFailure.OutcomeOf(unreadable);
        }

        var job = new VideoJob(
            input,
            [
                "-map", "0:V:0", "-vf", JoinFilters.Still(decoded.Frames - 1), "-frames:v", "1", "-c:v", "png",
                "-pix_fmt", "rgb24", "-update", "1", "-f", "image2", VideoJob.FileUrl(target),
            ],
            Frames: 1);
        return ToolFailure.OutcomeOf(ToolFailure.Of(await ffmpeg.RunAsync(job, cancellationToken), frames: 1));
    }

    /// <summary>
    /// 512 ticks for each frame, in the track and in the whole file. The demuxer places a segment by the length of the file
    /// before it, which by default is stated in milliseconds only.
    /// </summary>
    private static string[] TimeBase { get; } =
        ["-video_track_timescale", $"{512 * VideoShape.FrameRate}", "-movie_timescale", $"{512 * VideoShape.FrameRate}"];

    private static VideoJob Copy(
        IReadOnlyList<string> segments, string? track, string chapters, int frames, string target)
    {
        string[] input =
        [
            "-protocol_whitelist", "file,pipe", "-f", "concat", "-safe", "0", "-i", "pipe:0",
            "-f", "ffmetadata", "-i", VideoJob.FileUrl(chapters), .. track is null ? [] : PcmTrack.Input(track),
        ];
        string[] output =
        [
            "-map", "0:v:0", "-c:v", "copy",
            .. track is null ? [] : (string[])["-map", "2:a:0", "-af", PcmTrack.Fill(frames), .. VideoJob.Aac],
            "-map_metadata:g", "-1", "-map_chapters", "1", .. TimeBase,
            "-movflags", "+faststart", "-f", "mp4", VideoJob.FileUrl(target),
        ];
        var list = PipeSource.FromString(SegmentList(segments), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return new VideoJob(input, output, frames) { Pixels = list };
    }

    /// <summary>The list of files for the concat demuxer; within quotes only the quote itself is special.</summary>
    private static string SegmentList(IReadOnlyList<string> segments) => string.Concat(segments.Select(segment =>
        $"file '{VideoJob.FileUrl(segment).Replace("'", @"'\''", StringComparison.Ordinal)}'\n"));

    private async Task<ProcessOutcome> CheckAsync(
        string path, int frames, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var input = await InputAsync(path, cancellationToken);
        var run = await ffmpeg.RunAsync(new VideoJob(input, VideoJob.DecodeToTheEnd, frames, progress), cancellationToken);
        var isWhole = run.Frames == frames && !Damage.IsNamedIn(run.Complaint);
        return ToolFailure.OutcomeOf(ToolFailure.Of(
            run.End is ToolEnd.Succeeded && !isWhole ? run with { End = ToolEnd.Failed } : run));
    }

    private static async Task<IReadOnlyList<string>> InputAsync(string path, CancellationToken cancellationToken) =>
        VideoJob.Untrusted(path, await VideoContainer.OfFileAsync(path, cancellationToken));
}
