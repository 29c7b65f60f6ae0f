using System.Text;
using CliWrap;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Media;
using VideoGen.Grains.Storyboards.Join;

namespace VideoGen.Silo.Tests.Video;

public sealed class JoinResumeTests : IDisposable
{
    private static readonly int[] Frames = [72, 72, 72];

    private readonly JoinBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_join_that_was_stopped_continues_and_gives_the_same_video(int made)
    {
        var request = await RequestAsync();
        var whole = File.ReadAllBytes((await _bench.JoinAsync(request)).Path);
        _bench.Joiner.Reset();
        _bench.Joiner.StopAfter = (made, new InvalidOperationException("Killed."));
        await Assert.ThrowsAsync<InvalidOperationException>(() => _bench.RunAsync(request));
        Assert.Equal(made, (await _bench.StoredAsync(MediaKind.Original)).Count);
        _bench.Joiner.Reset();

        var (_, path) = await _bench.JoinAsync(request);

        Assert.Equal(5 - made, _bench.Joiner.Segments);
        Assert.Equal(whole, File.ReadAllBytes(path));
        Assert.Empty(await _bench.StoredAsync(MediaKind.Original));
    }

    [Fact]
    public async Task A_canceled_join_keeps_its_segments()
    {
        var request = await RequestAsync();
        _bench.Joiner.StopAfter = (2, new OperationCanceledException());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _bench.RunAsync(request));

        Assert.Equal(JoinFiles.Segments(request).Take(2).Order(), (await _bench.StoredAsync(MediaKind.Original)).Order());
    }

    [Fact]
    public async Task After_a_shot_was_made_anew_only_what_it_is_not_in_is_taken_over()
    {
        var request = await RequestAsync();
        _bench.Joiner.StopAfter = (4, new InvalidOperationException("Killed."));
        await Assert.ThrowsAsync<InvalidOperationException>(() => _bench.RunAsync(request));
        _bench.Joiner.Reset();
        var shots = request.Shots.SetItem(1, request.Shots[1] with { Video = await _bench.ShotAsync(9, 72) });

        var (_, path) = await _bench.JoinAsync(request with { Shots = shots });

        Assert.Equal(4, _bench.Joiner.Segments);
        await FrameMarks.EqualAsync(FrameMarks.Joined([.. shots], [(1, 72), (9, 72), (3, 72)]), path);
    }

    [Theory]
    [InlineData("its second half is lost")]
    [InlineData("its first frame is damaged, which copying does not notice")]
    public async Task A_segment_that_was_damaged_on_the_disk_is_made_again(string how)
    {
        var request = await RequestAsync();
        _bench.Joiner.StopAfter = (3, new InvalidOperationException("Killed."));
        await Assert.ThrowsAsync<InvalidOperationException>(() => _bench.RunAsync(request));
        _bench.Joiner.Reset();
        await DamageAsync(
            JoinFiles.Segments(request)[1], onlyFirstFrame: how.Contains("first frame", StringComparison.Ordinal));

        Assert.Equal(
            JoinErrors.PartsDamaged, Assert.IsType<JoinOutcome.Unavailable>(await _bench.RunAsync(request)).Error);
        var (_, path) = await _bench.JoinAsync(request);

        await FrameMarks.EqualAsync(FrameMarks.Joined([.. request.Shots], [(1, 72), (2, 72), (3, 72)]), path);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_shot_whose_video_is_gone_is_named(int shot)
    {
        var request = await RequestAsync();
        await _bench.Store.DeleteAsync(MediaKind.Video, request.Shots[shot - 1].Video, default);

        Assert.Equal(new JoinOutcome.ShotMissing(shot), await _bench.RunAsync(request));
    }

    [Fact]
    public async Task A_shot_that_is_damaged_is_named_in_the_error()
    {
        var request = await RequestAsync();
        var name = request.Shots[1].Video;
        var path = _bench.Video.PathOf(name);
        await File.WriteAllBytesAsync(path, File.ReadAllBytes(path)[..2000]);
        await _bench.KeepAsync(name, path);

        var error = Assert.IsType<JoinOutcome.Failed>(await _bench.RunAsync(request)).Error;

        Assert.Equal(GenerationErrorCode.ResultUnusable, error.Code);
        Assert.Contains("shot 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shot_that_is_too_short_for_its_transitions_is_named_in_the_error()
    {
        var request = await RequestAsync();
        var shots = request.Shots.SetItem(1, request.Shots[1] with { Video = await _bench.ShotAsync(2, 18) });

        var error = Assert.IsType<JoinOutcome.Failed>(await _bench.RunAsync(request with { Shots = shots })).Error;

        Assert.Contains("shot 2", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exec sleep 600", 1, GenerationErrorCode.RenderFailed)]
    [InlineData("kill -KILL $$", 60, GenerationErrorCode.ToolUnavailable)]
    [InlineData("echo 'No space left on device' >&2; exit 1", 60, GenerationErrorCode.StorageFull)]
    [InlineData("exit 1", 60, null)]
    public async Task What_prevents_a_segment_is_temporary_unless_ffmpeg_cannot_make_it(string lines, int seconds, string? code)
    {
        var script = await _bench.Video.ScriptAsync(
            "broken", $"case \"$*\" in *filter_complex*) {lines};; esac\nexec ffmpeg \"$@\"");
        using var broken = new JoinBench(new VideoGen.Silo.Video.VideoOptions
        {
            FfmpegPath = script,
            TimeLimit = TimeSpan.FromSeconds(seconds),
        });

        var outcome = await broken.RunAsync(await RequestAsync(broken));

        Assert.Equal(code, (outcome as JoinOutcome.Unavailable)?.Error.Code);
        Assert.Equal(code is null, outcome is JoinOutcome.Failed);
        Assert.Empty(await broken.StoredAsync(MediaKind.Original));
    }

    private Task<JoinRequest> RequestAsync() => RequestAsync(_bench);

    /// <summary>Three shots with five segments.</summary>
    private static async Task<JoinRequest> RequestAsync(JoinBench bench)
    {
        var shots = new List<JoinShot>();
        foreach (var frames in Frames)
        {
            var shot = JoinBench.Cut(await bench.ShotAsync(shots.Count + 1, frames, sound: "sine=r=48000"));
            shots.Add(shot with { FadeFrames = shots.Count > 0 ? 12 : 0, DropsFirstFrame = shots.Count == 2 });
        }

        return JoinBench.Request([.. shots]);
    }

    private async Task DamageAsync(string segment, bool onlyFirstFrame)
    {
        using var lease = await _bench.Store.LeaseAsync(MediaKind.Original, segment, default);
        var bytes = await File.ReadAllBytesAsync(lease!.Path);
        var damaged = onlyFirstFrame ? await EndOfFirstFrameAsync(lease.Path) : (bytes.Length / 2)..;
        bytes.AsSpan(damaged).Fill(0xff);
        await File.WriteAllBytesAsync(lease.Path, bytes);
    }

    private static async Task<Range> EndOfFirstFrameAsync(string path)
    {
        var text = new StringBuilder();
        await Cli.Wrap("ffprobe")
            .WithArguments(["-v", "error", "-show_entries", "packet=pos,size", "-of", "csv=p=0", path])
            .WithStandardOutputPipe(PipeTarget.ToStringBuilder(text))
            .ExecuteAsync();
        var numbers = text.ToString().Split('\n')[0].TrimEnd(',').Split(',').Select(int.Parse).ToArray();
        var end = numbers[0] + numbers[1];
        return (end - 30)..end;
    }
}
