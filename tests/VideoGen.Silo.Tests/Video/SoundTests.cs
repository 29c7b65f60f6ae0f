using CliWrap;
using VideoGen.Grains.Video;
using VideoGen.Silo.Video;

namespace VideoGen.Silo.Tests.Video;

public sealed class SoundTests : IDisposable
{
    private const int Rate = 48_000;
    private const string BeepAndFlash =
        "-f lavfi -i aevalsrc='if(between(t\\,1\\,1.2)\\,0.8*sin(2*PI*1000*t)\\,0)':s=44100:d={1} "
        + "-f lavfi -i color=black:s=320x240:r={0}:d={1},drawbox=enable='between(t\\,1\\,1.2)':color=white:t=fill";

    private readonly VideoBench _bench = new();

    public void Dispose() => _bench.Dispose();

    public static TheoryData<string, int, string> Sources()
    {
        var sources = new TheoryData<string, int, string>();
        foreach (var seconds in (int[])[2, 3, 5])
        {
            foreach (var rate in (string[])["16", "25", "30", "60"])
            {
                sources.Add(rate, seconds, "-c:v libx264 -c:a aac");
            }
        }

        sources.Add("25", 5, "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -c:a libopus -f webm");
        sources.Add("25", 2, "-c:v prores_ks -c:a pcm_s16le -ac 1");
        // Frames that come at odd moments, and one in three is missing; one at exactly one second is left.
        sources.Add("50", 5, "-vf select='mod(n+1\\,3)+eq(n\\,50)' -fps_mode vfr -c:v libx264 -c:a aac");
        sources.Add("30", 2, "-vf select='lt(n\\,10)+not(mod(n\\,3))' -fps_mode vfr -c:v libx264 -c:a aac -ac 6");
        return sources;
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task A_beep_and_a_flash_stay_together(string rate, int seconds, string encode)
    {
        var path = await MakeAsync(rate, seconds, encode);
        var shape = new VideoShape(3, 512, 512);

        var facts = await NormalizeAsync(path, shape);

        Assert.True(facts.HasAudio);
        Assert.Equal((shape.Frames, 3.0), (facts.Frames, Math.Round(facts.DurationSeconds, 3)));
        Assert.Equal("aac,48000,2", await ProbeAsync("stream=codec_name,sample_rate,channels"));
        Assert.InRange(double.Parse(await ProbeAsync("stream=duration"), null), 2.96, 3.04);
        var (beep, flash) = (await BeepAsync(), await FlashAsync());
        Assert.InRange(beep, 0.96, 1.04);
        Assert.InRange(Math.Abs(beep - flash), 0, 0.04);
    }

    [Fact]
    public async Task Sound_that_begins_after_the_first_frame_stays_where_it_was()
    {
        // The offset is of the input that follows: the track of the sound begins 0.4 s later than that of the picture.
        var path = await MakeAsync("25", 4, "-c:v libx264 -c:a aac", "-itsoffset 0.4");

        await NormalizeAsync(path, new VideoShape(3, 512, 512));

        Assert.InRange(await BeepAsync(), 1.36, 1.44);
        Assert.InRange(await FlashAsync(), 0.96, 1.04);
    }

    [Fact]
    public async Task A_video_without_sound_gets_none()
    {
        var path = await _bench.MakeAsync("source.mp4", "-f lavfi -i testsrc2=s=256x256:r=24:d=2 -c:v libx264");

        Assert.False((await NormalizeAsync(path, new VideoShape(3, 512, 512))).HasAudio);
    }

    [Fact]
    public async Task Sound_that_is_not_wanted_is_removed_and_the_video_is_not_stretched()
    {
        var path = await MakeAsync("25", 5, "-c:v libx264 -c:a aac");

        var facts = await NormalizeAsync(path, new VideoShape(3, 512, 512, IsSilent: true));

        Assert.False(facts.HasAudio);
        Assert.InRange(await FlashAsync(), 0.96, 1.04);
    }

    [Fact]
    public async Task Sound_that_cannot_be_decoded_does_not_cost_the_video()
    {
        var script = await _bench.ScriptAsync("deaf", "case \"$*\" in *'-c:a aac'*) exit 1;; esac\nexec ffmpeg \"$@\"");
        using var deaf = new VideoBench(new VideoOptions { FfmpegPath = script });
        var path = await MakeAsync("25", 5, "-c:v libx264 -c:a aac");
        var (facts, shape, target) = (await _bench.FactsAsync(path), new VideoShape(3, 512, 512), _bench.PathOf("film.mp4"));

        Assert.IsType<ProcessOutcome.Done>(
            await deaf.Processor.NormalizeAsync(path, facts, target, shape, null, CancellationToken.None));

        var made = await _bench.FactsAsync(target);
        Assert.Equal((shape.Frames, false), (made.Frames, made.HasAudio));
    }

    [Fact]
    public async Task While_the_last_frame_is_held_the_sound_has_faded_to_silence()
    {
        var path = await _bench.MakeAsync(
            "source.mp4", "-f lavfi -i testsrc2=s=256x256:r=24:d=2 -f lavfi -i sine=d=2 -c:v libx264 -c:a aac");

        await NormalizeAsync(path, new VideoShape(5, 512, 512));

        var samples = await SamplesAsync();
        Assert.True(Loudest(samples, 0.5, 1.4) > 2000);
        Assert.True(Loudest(samples, 1.8, 1.95) < Loudest(samples, 0.5, 1.4) * 0.6, "It does not fade.");
        Assert.True(Loudest(samples, 2.1, 5) < 30, "It does not end.");
        var frames = await VideoBench.GrayAsync(_bench.PathOf("film.mp4"), 64);
        Assert.True(VideoBench.Difference(frames[60], frames[119]) < 1, "The last frame is not held.");
    }

    private Task<string> MakeAsync(string rate, int seconds, string encode, string before = "") => _bench.MakeAsync(
        "source.mkv", string.Format(null, before.Length > 0 ? $"{before} {BeepAndFlash}" : BeepAndFlash, rate, seconds)
            + " " + encode + (encode.Contains("-f ", StringComparison.Ordinal) ? "" : " -f mov"));

    private async Task<VideoFacts> NormalizeAsync(string source, VideoShape shape)
    {
        var facts = await _bench.FactsAsync(source);
        var target = _bench.PathOf("film.mp4");
        Assert.IsType<ProcessOutcome.Done>(
            await _bench.Processor.NormalizeAsync(source, facts, target, shape, null, CancellationToken.None));
        return await _bench.FactsAsync(target);
    }

    /// <summary>When the sound begins, in seconds.</summary>
    private async Task<double> BeepAsync() =>
        Array.FindIndex(await SamplesAsync(), sample => Math.Abs((int)sample) > 4000) / (double)Rate;

    /// <summary>When the picture becomes bright, in seconds.</summary>
    private async Task<double> FlashAsync()
    {
        var frames = await VideoBench.GrayAsync(_bench.PathOf("film.mp4"), 16);
        return Array.FindIndex(frames, frame => frame.Average(pixel => pixel) > 128) / (double)VideoShape.FrameRate;
    }

    private static int Loudest(short[] samples, double from, double to) =>
        samples[(int)(from * Rate)..Math.Min(samples.Length, (int)(to * Rate))].Max(sample => Math.Abs((int)sample));

    private async Task<short[]> SamplesAsync()
    {
        using var pcm = new MemoryStream();
        await Cli.Wrap("ffmpeg")
            .WithArguments(["-v", "error", "-i", _bench.PathOf("film.mp4"), "-ac", "1", "-ar", $"{Rate}", "-f", "s16le", "-"])
            .WithStandardOutputPipe(PipeTarget.ToStream(pcm))
            .ExecuteAsync();
        return [.. pcm.ToArray().Chunk(2).Select(two => BitConverter.ToInt16(two))];
    }

    private async Task<string> ProbeAsync(string entries)
    {
        var text = new System.Text.StringBuilder();
        await Cli.Wrap("ffprobe")
            .WithArguments(
                ["-v", "error", "-select_streams", "a", "-show_entries", entries, "-of", "csv=p=0", _bench.PathOf("film.mp4")])
            .WithStandardOutputPipe(PipeTarget.ToStringBuilder(text))
            .ExecuteAsync();
        return text.ToString().Trim();
    }
}
