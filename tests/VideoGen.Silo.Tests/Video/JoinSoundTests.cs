using System.Globalization;
using System.Text;
using CliWrap;
using VideoGen.Grains.Storyboards.Join;
using VideoGen.Silo.Video;

namespace VideoGen.Silo.Tests.Video;

public sealed class JoinSoundTests : IDisposable
{
    private const int Rate = 48_000;
    private const string Tone = "sine=f=440:r=48000";

    private readonly JoinBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Without_any_sound_there_is_no_track()
    {
        var (video, path) = await _bench.JoinAsync(JoinBench.Request(
            JoinBench.Cut(await _bench.ShotAsync(1, 72)), JoinBench.Cut(await _bench.ShotAsync(2, 72))));

        Assert.False(video.HasSound);
        Assert.Equal("", await TrackAsync(path, "codec_name"));
    }

    [Fact]
    public async Task A_join_without_sound_drops_that_of_its_shots()
    {
        var (video, path) = await _bench.JoinAsync(
            JoinBench.Request(JoinBench.Cut(await _bench.ShotAsync(1, 72, Tone))) with { IsSilent = true });

        Assert.False(video.HasSound);
        Assert.Equal("", await TrackAsync(path, "codec_name"));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0, true)]
    [InlineData(12, false)]
    [InlineData(24, true)]
    public async Task A_beep_and_a_flash_stay_together_in_every_shot(int fade, bool drop)
    {
        // Beeps at 1.5 s of every shot: one is very quiet, and one has a peak that leaves no room for one gain, so it is limited.
        string[] volumes = ["0.5", "0.02", "0.99", "(0.05+0.9*between(t\\,1.65\\,1.652))"];
        var shots = new List<JoinShot>();
        foreach (var volume in volumes)
        {
            var name = $"flash{shots.Count}.mp4";
            await _bench.KeepAsync(name, await _bench.Video.MakeAsync(name,
                $"-f lavfi -i color=black:s=128x128:r=24:d=4,drawbox=enable='between(t\\,1.5\\,1.7)':color=white:t=fill "
                + $"-f lavfi -i aevalsrc='if(between(t\\,1.5\\,1.7)\\,{volume}*sin(2*PI*1000*t)\\,0)':s=48000:d=4 "
                + "-c:v libx264 -pix_fmt yuv420p -c:a aac -movflags +faststart"));
            shots.Add(JoinBench.Cut(name) with
            {
                FadeFrames = shots.Count == 0 ? 0 : fade,
                DropsFirstFrame = shots.Count > 0 && drop,
            });
        }

        var (video, path) = await _bench.JoinAsync(JoinBench.Request([.. shots]));

        var frames = (4 * 96) - (3 * fade) - (drop ? 3 : 0);
        Assert.True(video.HasSound);
        Assert.Equal("aac,48000,2", await TrackAsync(path, "codec_name,sample_rate,channels"));
        Assert.Equal(frames / 24.0, double.Parse(await TrackAsync(path, "duration"), CultureInfo.InvariantCulture), 0.022);
        var flashes = Starts([.. (await VideoBench.GrayAsync(path, 1)).Select(frame => frame[0] > 128)], 24);
        var beeps = Starts([.. (await SamplesAsync(path)).Select(sample => Math.Abs((int)sample) > 1000)], Rate);
        Assert.Equal(Enumerable.Range(0, 4).Select(shot => Math.Round((36 + (shot * (96 - fade - (drop ? 1 : 0)))) / 24.0, 3)),
            flashes.Select(flash => Math.Round(flash, 3)));
        Assert.Equal(4, beeps.Count);
        Assert.All(flashes.Zip(beeps), both => Assert.InRange(Math.Abs(both.First - both.Second), 0, 0.02));
    }

    [Fact]
    public async Task Shots_without_sound_are_silent_between_those_that_have_it()
    {
        var (video, path) = await _bench.JoinAsync(JoinBench.Request(
            JoinBench.Cut(await _bench.ShotAsync(1, 72)), JoinBench.Cut(await _bench.ShotAsync(2, 72, Tone)),
            JoinBench.Cut(await _bench.ShotAsync(3, 72)), JoinBench.Cut(await _bench.ShotAsync(4, 72, Tone)),
            JoinBench.Cut(await _bench.ShotAsync(5, 72))));

        var samples = await SamplesAsync(path);
        Assert.True(video.HasSound);
        Assert.All([0, 6, 12], silent => Assert.True(Loudest(samples, silent + 0.05, silent + 2.9) < 30));
        Assert.All([3, 9], heard => Assert.True(Loudest(samples, heard + 0.5, heard + 2.5) > 3000));
        Assert.Equal(15, samples.Length / (double)Rate, 0.022);
    }

    [Fact]
    public async Task Very_different_shots_become_equally_loud()
    {
        var (_, path) = await _bench.JoinAsync(JoinBench.Request(
            JoinBench.Cut(await _bench.ShotAsync(1, 120, $"{Tone},volume=-12dB")),
            JoinBench.Cut(await _bench.ShotAsync(2, 120, "anoisesrc=c=pink:r=44100:seed=1,volume=0.9")),
            JoinBench.Cut(await _bench.ShotAsync(3, 120, "sine=f=300:r=16000,volume=12dB")),
            JoinBench.Cut(await _bench.ShotAsync(4, 120, "anoisesrc=c=brown:r=48000:seed=2,tremolo=f=3:d=0.9"))));

        foreach (var start in (int[])[0, 5, 10, 15])
        {
            Assert.InRange(await LoudnessAsync(path, start + 0.2, 4.6), -18, -14);
        }
    }

    [Theory]
    [InlineData("anullsrc=r=48000")]
    [InlineData("anoisesrc=c=white:a=0.0005:r=48000")]
    public async Task Silence_is_not_amplified(string silence)
    {
        var (video, path) = await _bench.JoinAsync(JoinBench.Request(
            JoinBench.Cut(await _bench.ShotAsync(1, 72, silence)), JoinBench.Cut(await _bench.ShotAsync(2, 72, Tone))));

        Assert.True(video.HasSound);
        Assert.True(Loudest(await SamplesAsync(path), 0, 2.9) < 60);
    }

    [Theory]
    [InlineData("sine=f=440:r=22050", "-ac 1")]
    [InlineData("sine=f=440:r=44100", "-ac 6")]
    [InlineData("sine=f=440:r=96000", "-ac 2 -ar 96000")]
    public async Task Any_rate_and_number_of_channels_is_heard_in_stereo(string sound, string channels)
    {
        var (_, path) = await _bench.JoinAsync(JoinBench.Request(
            JoinBench.Cut(await _bench.ShotAsync(1, 72, sound, $"-c:v libx264 -pix_fmt yuv420p {channels}")),
            JoinBench.Cut(await _bench.ShotAsync(2, 72, Tone)) with { FadeFrames = 12 }));

        Assert.Equal("aac,48000,2", await TrackAsync(path, "codec_name,sample_rate,channels"));
        Assert.InRange(await LoudnessAsync(path, 0.2, 2), -18, -14);
    }

    [Fact]
    public async Task Nothing_clicks_at_a_cut_and_a_cross_fade_has_no_gap()
    {
        var (_, path) = await _bench.JoinAsync(JoinBench.Request(
            JoinBench.Cut(await _bench.ShotAsync(1, 72, "sine=f=441:r=48000")),
            JoinBench.Cut(await _bench.ShotAsync(2, 72, "sine=f=613:r=48000")),
            JoinBench.Cut(await _bench.ShotAsync(3, 72, "sine=f=441:r=48000")) with { FadeFrames = 24 }));

        var samples = await SamplesAsync(path);
        var steepest = samples.Zip(samples.Skip(1), (one, two) => Math.Abs(one - two)).Max();
        Assert.True(steepest < Loudest(samples, 0.5, 2.5) * 2 * Math.PI * 613 / Rate * 1.6, $"{steepest}");
        Assert.True(Loudest(samples, 2.995, 3.005) < Loudest(samples, 0.5, 2.5) * 0.3, "The cut is not faded.");
        Assert.InRange(Level(samples, 5.4, 5.6) / Level(samples, 4, 4.5), 0.7, 1.3);
    }

    [Fact]
    public async Task A_cross_fade_passes_from_one_sound_to_the_other()
    {
        // The fade shows at the ends of the second shot only: the first is silent.
        var (_, path) = await _bench.JoinAsync(JoinBench.Request(
            JoinBench.Cut(await _bench.ShotAsync(1, 72)),
            JoinBench.Cut(await _bench.ShotAsync(2, 96, Tone)) with { FadeFrames = 24 }));

        var samples = await SamplesAsync(path);
        var whole = Level(samples, 3.5, 5);
        Assert.True(Level(samples, 1.5, 1.95) < whole * 0.01);
        Assert.InRange(Level(samples, 2.48, 2.52) / whole, 0.65, 0.76);
        Assert.True(Level(samples, 2.05, 2.15) < Level(samples, 2.3, 2.4));
    }

    [Fact]
    public async Task Sound_that_cannot_be_decoded_costs_neither_the_video_nor_the_sound_of_other_shots()
    {
        // The first sound that is to be measured is that of the first shot.
        var script = await _bench.Video.ScriptAsync("deaf",
            "case \"$*\" in *print_format*) [ ! -e \"$0.once\" ] && touch \"$0.once\" && exit 1;; esac\nexec ffmpeg \"$@\"");
        using var bench = new JoinBench(new VideoOptions { FfmpegPath = script });
        JoinShot[] shots =
        [
            JoinBench.Cut(await bench.ShotAsync(1, 72, Tone)), JoinBench.Cut(await bench.ShotAsync(2, 72, Tone)),
        ];
        var (video, path) = await bench.JoinAsync(JoinBench.Request(shots));

        Assert.True(video.HasSound);
        await FrameMarks.EqualAsync(FrameMarks.Joined(shots, [(1, 72), (2, 72)]), path);
        var samples = await SamplesAsync(path);
        Assert.True(Loudest(samples, 0, 2.9) < 30);
        Assert.True(Loudest(samples, 3.5, 5.5) > 3000);
    }

    [Fact]
    public async Task Damaged_sound_leaves_the_video_whole()
    {
        var name = await _bench.ShotAsync(1, 72, Tone);
        await _bench.KeepAsync(name, await DamagedAsync(_bench.Video.PathOf(name)));
        JoinShot[] shots = [JoinBench.Cut(name), JoinBench.Cut(await _bench.ShotAsync(2, 72, Tone))];

        var (video, path) = await _bench.JoinAsync(JoinBench.Request(shots));

        Assert.True(video.HasSound);
        await FrameMarks.EqualAsync(FrameMarks.Joined(shots, [(1, 72), (2, 72)]), path);
        Assert.True(Loudest(await SamplesAsync(path), 3.5, 5.5) > 3000);
    }

    [Fact]
    public async Task Sound_that_begins_before_the_first_frame_stays_in_sync()
    {
        // The track of the video begins half a second after that of the sound, in which it beeps after 1.5 s.
        await _bench.KeepAsync("late.mp4", await _bench.Video.MakeAsync("late.mp4",
            "-itsoffset 0.5 -f lavfi -i color=black:s=128x128:r=24:d=3,drawbox=enable='between(t\\,1\\,1.2)':color=white:t=fill "
            + "-f lavfi -i aevalsrc='if(between(t\\,1.5\\,1.7)\\,0.5*sin(2*PI*1000*t)\\,0)':s=48000:d=3.5 "
            + "-c:v libx264 -pix_fmt yuv420p -c:a aac -fps_mode passthrough -movflags +faststart"));
        var shots = new[] { JoinBench.Cut(await _bench.ShotAsync(1, 72)), JoinBench.Cut("late.mp4") };

        var (_, path) = await _bench.JoinAsync(JoinBench.Request(shots));

        var beep = Assert.Single(Starts([.. (await SamplesAsync(path)).Select(sample => Math.Abs((int)sample) > 1000)], Rate));
        Assert.InRange(beep, 3.98, 4.02);
    }

    /// <summary>The same file with the sound overwritten: what remains of it cannot be decoded.</summary>
    private async Task<string> DamagedAsync(string path)
    {
        var text = new StringBuilder();
        await Cli.Wrap("ffprobe")
            .WithArguments(["-v", "error", "-select_streams", "a", "-show_entries", "packet=pos,size", "-of", "csv=p=0", path])
            .WithStandardOutputPipe(PipeTarget.ToStringBuilder(text))
            .ExecuteAsync();
        var bytes = await File.ReadAllBytesAsync(path);
        foreach (var packet in text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(4))
        {
            var numbers = packet.TrimEnd(',').Split(',').Select(int.Parse).ToArray();
            new Random(1).NextBytes(bytes.AsSpan(numbers[1], numbers[0]));
        }

        var damaged = _bench.Video.PathOf("damaged.mp4");
        await File.WriteAllBytesAsync(damaged, bytes);
        return damaged;
    }

    /// <summary>When it begins each time, in seconds; pauses of less than a tenth of a second do not count.</summary>
    private static List<double> Starts(bool[] isOn, int rate)
    {
        var (starts, last) = (new List<double>(), double.MinValue);
        foreach (var at in Enumerable.Range(0, isOn.Length).Where(at => isOn[at]).Select(at => at / (double)rate))
        {
            if (at - last > 0.1)
            {
                starts.Add(at);
            }

            last = at;
        }

        return starts;
    }

    private static int Loudest(short[] samples, double from, double to) =>
        samples[(int)(from * Rate)..Math.Min(samples.Length, (int)(to * Rate))].Max(sample => Math.Abs((int)sample));

    private static double Level(short[] samples, double from, double to) =>
        Math.Sqrt(samples[(int)(from * Rate)..(int)(to * Rate)].Average(sample => (double)sample * sample));

    private static async Task<short[]> SamplesAsync(string path)
    {
        using var pcm = new MemoryStream();
        await Cli.Wrap("ffmpeg")
            .WithArguments(["-v", "error", "-i", path, "-map", "0:a:0", "-ac", "1", "-ar", $"{Rate}", "-f", "s16le", "-"])
            .WithStandardOutputPipe(PipeTarget.ToStream(pcm))
            .ExecuteAsync();
        return [.. pcm.ToArray().Chunk(2).Select(two => BitConverter.ToInt16(two))];
    }

    private static async Task<double> LoudnessAsync(string path, double from, double seconds)
    {
        var text = new StringBuilder();
        await Cli.Wrap("ffmpeg")
            .WithArguments(
            [
                "-hide_banner", "-nostats", "-i", path, "-map", "0:a:0", "-af",
                string.Create(CultureInfo.InvariantCulture, $"atrim={from}:{from + seconds},ebur128"), "-f", "null", "-",
            ])
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(text))
            .ExecuteAsync();
        var line = text.ToString().Split('\n').Last(line => line.Trim().StartsWith("I:", StringComparison.Ordinal));
        return double.Parse(line.Split("I:")[1].Split("LUFS")[0], CultureInfo.InvariantCulture);
    }

    private static async Task<string> TrackAsync(string path, string entries)
    {
        var text = new StringBuilder();
        await Cli.Wrap("ffprobe")
            .WithArguments(["-v", "error", "-select_streams", "a", "-show_entries", $"stream={entries}", "-of", "csv=p=0", path])
            .WithStandardOutputPipe(PipeTarget.ToStringBuilder(text))
            .ExecuteAsync();
        return text.ToString().Trim();
    }
}
