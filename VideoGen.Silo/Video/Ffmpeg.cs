using System.ComponentModel;
using System.Diagnostics;
using CliWrap;
using Microsoft.Extensions.Options;

namespace VideoGen.Silo.Video;

/// <summary>
/// Runs ffmpeg and ffprobe. Arguments are passed as a list and never as a command line. A limited number of processes runs at
/// once, in order of arrival, at low priority so that requests are not starved, and with a time limit that kills the whole
/// process tree.
/// </summary>
internal sealed partial class Ffmpeg(IOptions<VideoOptions> options, TimeProvider time, ILogger<Ffmpeg> logger) : IDisposable
{
    private const int MaxText = 16 * 1024;

    // Hang-up, interrupt, kill and terminate. ffmpeg answers an interrupt or a terminate with 255 or, while it is still opening
    // its files, with this message. Ctrl+C in a terminal and a stop by systemd reach ffmpeg as well as the server, and must not
    // count as a video that cannot be rendered.
    private const string InterruptedWords = "Immediate exit requested";
    private static readonly int[] ExitCodesAfterSignals = [128 + 1, 128 + 2, 128 + 9, 128 + 15, 255];

    // Illegal instruction, trap, abort, bus error, arithmetic, segmentation fault, and the limits of CPU time and file size.
    // Since version 6.1 ffmpeg exits with the low byte of its error, 183 for invalid data, so not every code above 128 is a
    // signal.
    private static readonly int[] ExitCodesAfterCrashes =
        [128 + 4, 128 + 5, 128 + 6, 128 + 7, 128 + 8, 128 + 11, 128 + 24, 128 + 25, 128 + 31];

    private readonly SemaphoreSlim _places = new(options.Value.MaxConcurrent);

    /// <summary>Runs ffmpeg; progress is measured in frames.</summary>
    public async Task<ToolRun> RunAsync(VideoJob job, CancellationToken cancellationToken)
    {
        var count = new FrameCount(job.Frames, job.Progress);
        string[] threads = ["-threads", $"{options.Value.Threads}"];
        var run = await RunAsync(
            options.Value.FfmpegPath,
            [
                "-hide_banner", "-nostdin", "-v", job.LogLevel, "-nostats", "-stats_period", "0.25", "-progress", "pipe:1",
                "-filter_threads", $"{options.Value.Threads}", "-y", .. threads, .. job.Input, .. threads, .. job.Output,
            ],
            count.Target,
            job.Pixels,
            cancellationToken);
        return run with { Frames = count.Frames };
    }

    /// <summary>Runs ffprobe and writes its findings to the output.</summary>
    public Task<ToolRun> ProbeAsync(IReadOnlyList<string> arguments, PipeTarget output, CancellationToken cancellationToken) =>
        RunAsync(
            options.Value.FfprobePath, ["-hide_banner", "-v", "error", .. arguments], output, PipeSource.Null, cancellationToken);

    public void Dispose() => _places.Dispose();

    private async Task<ToolRun> RunAsync(
        string tool, IReadOnlyList<string> arguments, PipeTarget output, PipeSource input, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            var run = await StartAsync(tool, arguments, output, input, cancellationToken);
            if (run.End is not ToolEnd.Succeeded)
            {
                LogTrouble(tool, run.End, run.Complaint);
            }

            return run;
        }
        finally
        {
            _places.Release();
        }
    }

    private async Task<ToolRun> StartAsync(
        string tool, IReadOnlyList<string> arguments, PipeTarget output, PipeSource input, CancellationToken cancellationToken)
    {
        var complaint = new TextTail(MaxText);
        using var limit = new CancellationTokenSource(options.Value.TimeLimit, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var result = await Cli.Wrap(tool)
                .WithArguments(arguments)
                .WithResourcePolicy(policy => policy.SetPriority(ProcessPriorityClass.BelowNormal))
                .WithStandardInputPipe(input)
                .WithStandardOutputPipe(output)
                .WithStandardErrorPipe(complaint.Target)
                .WithValidation(CommandResultValidation.None)
                .ExecuteAsync(stop.Token);
            return new ToolRun(EndOf(result.ExitCode, complaint.ToString()), Complaint: complaint.ToString());
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new ToolRun(ToolEnd.TimedOut, Complaint: complaint.ToString());
        }
        catch (Win32Exception exception)
        {
            return new ToolRun(ToolEnd.NotStarted, Complaint: exception.Message);
        }
    }

    private static ToolEnd EndOf(int exitCode, string complaint) => exitCode switch
    {
        0 => ToolEnd.Succeeded,
        _ when ExitCodesAfterSignals.Contains(exitCode) => ToolEnd.Killed,
        _ when complaint.Contains(InterruptedWords, StringComparison.Ordinal) => ToolEnd.Killed,
        _ when ExitCodesAfterCrashes.Contains(exitCode) || exitCode < 0 => ToolEnd.Crashed, // negative on Windows
        _ => ToolEnd.Failed,
    };

    [LoggerMessage(LogLevel.Warning, "{Tool} ended with {End}: {Complaint}")]
    private partial void LogTrouble(string tool, ToolEnd end, string complaint);
}
