using System.Text;
using CliWrap;
using VideoGen.Grains.Storyboards.Join;
using VideoGen.Grains.Video;

namespace VideoGen.Silo.Video;

/// <summary>Brings the sound of a shot to the loudness of all shots, and adds it to the sound track of a joined video.</summary>
internal sealed partial class ShotSound(Ffmpeg ffmpeg, ILogger<ShotSound> logger)
{
    public async Task<ProcessOutcome> AddAsync(
        SourceFrames frames, SoundPlace place, string track, CancellationToken cancellationToken)
    {
        var piece = $"{track}.piece";
        try
        {
            if (await WriteAsync(frames, place, piece, cancellationToken) is { } trouble)
            {
                LogWithoutSound(trouble.IsOurs);
                return ToolFailure.OutcomeOf(trouble);
            }

            await PcmTrack.AddAsync(piece, track, place.Start, cancellationToken);
            return new ProcessOutcome.Done();
        }
        finally
        {
            File.Delete(piece);
        }
    }

    private async Task<ToolFailure?> WriteAsync(
        SourceFrames frames, SoundPlace place, string piece, CancellationToken cancellationToken)
    {
        var source = VideoJob.Untrusted(frames.Path, await VideoContainer.OfFileAsync(frames.Path, cancellationToken));
        var heard = JoinFilters.Heard(frames, await VideoStartAsync(source, cancellationToken));
        var measured = await ffmpeg.RunAsync(
            new VideoJob(source, ["-map", "0:a:0", "-af", $"{heard},{Loudness.Measure}", "-f", "null", "-"], Frames: 0)
            {
                LogLevel = "info",
            },
            cancellationToken);
        if (ToolFailure.Of(measured) is { } trouble)
        {
            return trouble;
        }

        string[] filters =
        [
            heard,
            .. Loudness.Read(measured.Complaint) is { } loudness ? [loudness.Level] : Array.Empty<string>(),
            JoinFilters.Faded(frames, place),
        ];
        var job = new VideoJob(
            source, ["-map", "0:a:0", "-af", string.Join(',', filters), .. PcmTrack.Output(piece)], Frames: 0);
        return ToolFailure.Of(await ffmpeg.RunAsync(job, cancellationToken));
    }

    /// <summary>
    /// When the first frame is shown, in seconds from the beginning of the file, which can be that of the sound. ffmpeg counts
    /// all times from there.
    /// </summary>
    private async Task<double> VideoStartAsync(IReadOnlyList<string> source, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        string[] starts = ["-select_streams", "V:0", "-show_entries", "stream=start_time:format=start_time", "-of", "csv=p=0"];
        await ffmpeg.ProbeAsync([.. starts, .. source], PipeTarget.ToStringBuilder(text), cancellationToken);
        return text.ToString().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is
            [var video, var file, ..]
            && ProbeReport.Seconds(video) is { } shown && ProbeReport.Seconds(file) is { } begin
                ? Math.Max(0, shown - begin)
                : 0;
    }

    [LoggerMessage(LogLevel.Warning, "The sound of a shot cannot be used (temporary: {IsTemporary})")]
    private partial void LogWithoutSound(bool isTemporary);
}
