using System.Globalization;
using System.Text;
using CliWrap;
using Microsoft.Extensions.Time.Testing;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Tests.Media;
using VideoGen.Grains.Video;
using VideoGen.Silo.Video;
using VideoGen.Testing;

namespace VideoGen.Silo.Tests.Video;

public sealed class FfmpegTests : IDisposable
{
    private readonly VideoBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_tool_that_is_missing_is_something_that_may_pass()
    {
        using var bench = new VideoBench(new VideoOptions { FfmpegPath = "no-such-ffmpeg", FfprobePath = "no-such-ffprobe" });

        var outcome = await bench.Processor.InspectAsync(await BeginningAsync(), CancellationToken.None);

        Assert.Equal(GenerationErrorCode.ToolUnavailable, Assert.IsType<InspectOutcome.Unavailable>(outcome).Error.Code);
    }

    [Theory]
    [InlineData("kill -KILL $$")]
    [InlineData("kill -TERM $$")]
    [InlineData("exit 130")]    // SIGINT; where the tests run in the background, a shell cannot be sent one
    [InlineData("exit 255")]
    [InlineData("kill -SEGV $$")]
    [InlineData("kill -ABRT $$")]
    [InlineData("echo \"film.mp4: Cannot allocate memory\" >&2; exit 1")]
    [InlineData("echo \"film.mp4: Cannot allocate memory\" >&2; exit 244")]
    [InlineData("echo \"film.mp4: Too many open files\" >&2; exit 1")]
    [InlineData("echo \"Unknown encoder 'libx264'\" >&2; exit 1")]
    public async Task A_tool_that_is_ended_from_outside_is_something_that_may_pass(string script)
    {
        var outcome = await PosterAsync(script);

        Assert.Equal(GenerationErrorCode.ToolUnavailable, Assert.IsType<ProcessOutcome.Unavailable>(outcome).Error.Code);
    }

    [Theory]
    [InlineData("kill -KILL $$")]
    [InlineData("kill -SEGV $$")]
    [InlineData("echo \"film.mp4: Cannot allocate memory\" >&2; exit 1")]
    [InlineData("echo \"-: No space left on device\" >&2; exit 1")]
    public async Task A_decoder_that_the_machine_ends_says_nothing_about_the_file(string script)
    {
        var film = await _bench.MakeAsync("film.mp4", "-f lavfi -i testsrc=s=64x64:d=0.1 -c:v libx264");
        using var bench = new VideoBench(new VideoOptions { FfmpegPath = await _bench.ScriptAsync("ffmpeg", script) });

        Assert.IsType<InspectOutcome.Unavailable>(await bench.Processor.InspectAsync(film, CancellationToken.None));
    }

    [Fact]
    public async Task A_decoder_that_runs_too_long_says_nothing_about_the_file()
    {
        var film = await _bench.MakeAsync("film.mp4", "-f lavfi -i testsrc=s=64x64:d=0.1 -c:v libx264");
        var time = new FakeTimeProvider();
        var script = await _bench.ScriptAsync("ffmpeg", $"echo $$ > {_bench.PathOf("tool")}; exec sleep 600");
        using var bench = new VideoBench(new VideoOptions { FfmpegPath = script }, time);
        var run = bench.Processor.InspectAsync(film, CancellationToken.None);
        await WaitForAsync(_bench.PathOf("tool"));

        time.Advance(new VideoOptions().TimeLimit);

        Assert.IsType<InspectOutcome.Unavailable>(await run);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_no_verdict_on_it() => Assert.IsType<InspectOutcome.Unavailable>(
        await _bench.Processor.InspectAsync(_bench.PathOf("missing.mp4"), CancellationToken.None));

    [Fact]
    public async Task An_ffmpeg_that_is_interrupted_says_so()
    {
        var source = await _bench.MakeAsync("source.mp4", "-f lavfi -i testsrc=s=64x64:d=0.1 -c:v libx264");
        var facts = await _bench.FactsAsync(source);
        using var bench = new VideoBench(new VideoOptions
        {
            FfmpegPath = await _bench.ScriptAsync("ffmpeg", "ffmpeg \"$@\" & sleep 0.3; kill $!; wait $!"),
        });

        var outcome = await bench.Processor.NormalizeAsync(
            source, facts, bench.PathOf("film.mp4"), new VideoShape(10, 1024, 1024), null, CancellationToken.None);

        Assert.IsType<ProcessOutcome.Unavailable>(outcome);
    }

    [Fact]
    public async Task A_tool_that_fails_is_a_failed_render_without_any_path_in_its_message()
    {
        var song = await _bench.MakeAsync("song.mp4", "-f lavfi -i sine=d=1 -c:a aac");

        var outcome = await _bench.Processor.MakePosterAsync(song, _bench.PathOf("poster.jpg"), CancellationToken.None);

        var error = Assert.IsType<ProcessOutcome.Failed>(outcome).Error;
        Assert.Equal(GenerationErrorCode.RenderFailed, error.Code);
        Assert.DoesNotContain("song", error.Message);
    }

    [Fact]
    public async Task A_tool_that_runs_too_long_is_killed_with_everything_it_started()
    {
        var time = new FakeTimeProvider();
        var run = PosterAsync($"sleep 600 & echo $! > {_bench.PathOf("child")}; echo $$ > {_bench.PathOf("tool")}; wait", time);
        await WaitForAsync(_bench.PathOf("tool"));

        time.Advance(new VideoOptions().TimeLimit);

        Assert.Equal(GenerationErrorCode.RenderFailed, Assert.IsType<ProcessOutcome.Unavailable>(await run).Error.Code);
        await EndsAsync("tool");
        await EndsAsync("child");
    }

    [Fact]
    public async Task Nobody_waits_for_a_canceled_call()
    {
        using var canceled = new CancellationTokenSource();
        var run = PosterAsync($"echo $$ > {_bench.PathOf("tool")}; exec sleep 600", cancellationToken: canceled.Token);
        await WaitForAsync(_bench.PathOf("tool"));

        await canceled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        await EndsAsync("tool");
    }

    [Fact]
    public async Task However_much_a_tool_complains_its_last_words_count()
    {
        var outcome = await PosterAsync(
            "yes 'error while decoding' | head -c 5000000 >&2; echo 'Error writing trailer: No space left on device' >&2; exit 1");

        Assert.Equal(GenerationErrorCode.StorageFull, Assert.IsType<ProcessOutcome.Unavailable>(outcome).Error.Code);
    }

    [Fact]
    public async Task What_a_tool_says_is_kept_within_bounds()
    {
        var script = await _bench.ScriptAsync("ffprobe", "yes y 2>/dev/null | head -c 1000000 >&2; echo z >&2; exit 1");
        using var bench = new VideoBench(new VideoOptions { FfprobePath = script });

        var run = await bench.Ffmpeg.ProbeAsync([], PipeTarget.Null, CancellationToken.None);

        Assert.Equal(16 * 1024, run.Complaint.Length);
        Assert.EndsWith("y\nz\n", run.Complaint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_is_something_that_may_pass()
    {
        using var disk = new TinyDisk();
        var source = await _bench.MakeAsync("source.mp4", "-f lavfi -i testsrc2=s=512x512:d=1,noise=alls=60 -c:v libx264");
        var facts = await _bench.FactsAsync(source);

        var outcome = await _bench.Processor.NormalizeAsync(
            source, facts, Path.Combine(disk.Path, "film.mp4"), new VideoShape(10, 1024, 1024), null, CancellationToken.None);

        Assert.Equal(GenerationErrorCode.StorageFull, Assert.IsType<ProcessOutcome.Unavailable>(outcome).Error.Code);
    }

    [Fact]
    public async Task Tools_run_no_more_at_once_than_allowed()
    {
        var script = await _bench.ScriptAsync(
            "ffprobe", $"echo start >> {_bench.PathOf("log")}; sleep 0.05; echo end >> {_bench.PathOf("log")}");
        using var bench = new VideoBench(new VideoOptions { FfprobePath = script, MaxConcurrent = 1 });

        await Task.WhenAll(Enumerable.Range(0, 5)
            .Select(_ => bench.Ffmpeg.ProbeAsync([], PipeTarget.Null, CancellationToken.None)));

        Assert.Equal(
            Enumerable.Repeat<string[]>(["start", "end"], 5).SelectMany(lines => lines), File.ReadAllLines(_bench.PathOf("log")));
    }

    [Fact]
    public async Task Tools_run_at_low_priority()
    {
        // Asked until it is so: the priority is lowered just after the process has started.
        var script = await _bench.ScriptAsync(
            "ffprobe", "for try in $(seq 600); do [ $(nice) -ge 10 ] && break; sleep 0.1; done; nice");
        using var bench = new VideoBench(new VideoOptions { FfprobePath = script });

        var output = new StringBuilder();
        await bench.Ffmpeg.ProbeAsync([], PipeTarget.ToStringBuilder(output), CancellationToken.None);

        Assert.True(int.Parse($"{output}", CultureInfo.InvariantCulture) >= 10, $"{output}");
    }

    private async Task<ProcessOutcome> PosterAsync(
        string script, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        using var bench = new VideoBench(new VideoOptions { FfmpegPath = await _bench.ScriptAsync("ffmpeg", script) }, time);
        return await bench.Processor.MakePosterAsync(await BeginningAsync(), "poster.jpg", cancellationToken);
    }

    /// <summary>A file that is taken for an MP4 for as long as nobody reads on.</summary>
    private Task<string> BeginningAsync() => _bench.WriteAsync("film.mp4", "\0\0\0\u0018ftypmp42");

    /// <summary>A process that was killed dies when it is its turn to run: on a busy machine not at once.</summary>
    private Task EndsAsync(string pidFile) => Eventually.TrueAsync(() => !IsAlive(pidFile), $"The {pidFile} lives on.");

    // A process that was killed but not yet reaped by its parent still has a directory, in state Z.
    private bool IsAlive(string pidFile)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{File.ReadAllText(_bench.PathOf(pidFile)).Trim()}/stat");
            return !stat.Contains(") Z ", StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException or IOException)
        {
            return false;
        }
    }

    private static Task WaitForAsync(string path) => Eventually.TrueAsync(
        () => File.Exists(path) && new FileInfo(path).Length > 0, "The tool does not begin.");
}
