using System.Globalization;
using System.Text;
using CliWrap;
using VideoGen.Grains.Media;
using VideoGen.Grains.Storyboards.Join;

namespace VideoGen.Silo.Tests.Video;

public sealed class JoinFramesTests : IDisposable
{
    private readonly JoinBench _bench = new();

    public void Dispose() => _bench.Dispose();

    public static TheoryData<string, int[], int[], bool[]> Joins() => new()
    {
        { "one shot", [72], [0], [false] },
        { "cuts", [72, 74, 70], [0, 0, 0], [false, false, false] },
        { "cross-fades", [72, 74, 70], [0, 12, 24], [false, false, false] },
        { "a cut to the frame after the last", [72, 73], [0, 0], [false, true] },
        { "a cross-fade to the frame after the last", [72, 71], [0, 6], [false, true] },
        { "all of them", [72, 240, 72, 73, 71, 72], [0, 24, 0, 6, 0, 13], [false, true, true, false, false, true] },
    };

    [Theory]
    [MemberData(nameof(Joins))]
    public async Task Every_frame_is_shown_once_and_in_its_place(string what, int[] frames, int[] fades, bool[] drops)
    {
        var shots = await ShotsAsync(frames, fades, drops);

        var (video, path) = await _bench.JoinAsync(JoinBench.Request([.. shots]));

        await FrameMarks.EqualAsync(Expected(shots, frames), path);
        var total = frames.Sum() - fades.Sum() - drops.Count(drop => drop);
        Assert.True(Math.Abs(video.DurationSeconds - (total / 24.0)) < 0.001, $"{what}: {video}");
        Assert.Equal((128, 128, false, new FileInfo(path).Length), (video.Width, video.Height, video.HasSound, video.Bytes));
        await IsRegularAsync(path, total);
    }

    [Fact]
    public async Task As_many_as_24_shots_are_joined()
    {
        int[] frames = [.. Enumerable.Range(0, 24).Select(shot => 70 + (shot % 5))];
        int[] fades = [.. Enumerable.Range(0, 24).Select(shot => shot % 3 == 1 ? 6 + (shot % 19) : 0)];
        bool[] drops = [.. Enumerable.Range(0, 24).Select(shot => shot % 4 == 2)];
        var shots = await ShotsAsync(frames, fades, drops);

        var (_, path) = await _bench.JoinAsync(JoinBench.Request([.. shots]));

        await FrameMarks.EqualAsync(Expected(shots, frames), path);
        await IsRegularAsync(path, frames.Sum() - fades.Sum() - drops.Count(drop => drop));
    }

    [Theory]
    [InlineData("-c:v libx264 -pix_fmt yuv420p -bf 8 -g 250 -video_track_timescale 90000")]
    [InlineData("-c:v libx264 -pix_fmt yuv420p -bf 0 -profile:v baseline -output_ts_offset 0.7")]
    [InlineData("-c:v libx264 -pix_fmt yuv420p -x264-params open-gop=1:keyint=12 -video_track_timescale 600")]
    [InlineData("-c:v libx264 -pix_fmt yuv420p -fps_mode vfr -enc_time_base 1/2400 -vf settb=1/2400,setpts=PTS+30*mod(N\\,2)")]
    public async Task The_encoding_of_a_shot_does_not_matter(string encode)
    {
        JoinShot[] shots =
        [
            JoinBench.Cut(await _bench.ShotAsync(1, 72)),
            JoinBench.Cut(await _bench.ShotAsync(2, 73, encode: encode)) with { FadeFrames = 6, DropsFirstFrame = true },
            JoinBench.Cut(await _bench.ShotAsync(3, 72)) with { FadeFrames = 12 },
        ];

        var (_, path) = await _bench.JoinAsync(JoinBench.Request(shots));

        await FrameMarks.EqualAsync(FrameMarks.Joined(shots, [(1, 72), (2, 73), (3, 72)]), path);
        await IsRegularAsync(path, 72 + 72 + 72 - 18);
    }

    [Fact]
    public async Task Frames_that_an_edit_list_hides_are_not_shown()
    {
        var whole = await _bench.Video.MakeAsync("whole.mp4",
            $"-f lavfi -i color=black:s=128x128:r=24,{FrameMarks.Draw(2)} -frames:v 120 -c:v libx264 -pix_fmt yuv420p -g 48");
        var cut = await _bench.Video.MakeAsync("cut.mp4", $"-ss 0.5 -i {whole} -c copy -movflags +faststart");
        await _bench.KeepAsync("cut.mp4", cut);
        var facts = await _bench.Video.FactsAsync(cut);
        JoinShot[] shots = [JoinBench.Cut(await _bench.ShotAsync(1, 72)), JoinBench.Cut("cut.mp4")];

        var (_, path) = await _bench.JoinAsync(JoinBench.Request(shots));

        var shown = Enumerable.Range(120 - facts.Frames, facts.Frames).Select(index => FrameMarks.Of(2, index));
        await FrameMarks.EqualAsync([.. FrameMarks.Joined([shots[0]], [(1, 72)]), .. shown], path);
    }

    [Fact]
    public async Task The_result_plays_before_it_is_loaded_and_has_a_poster()
    {
        var shots = await ShotsAsync([72, 72], [0, 6], [false, false]);

        var (video, path) = await _bench.JoinAsync(JoinBench.Request([.. shots]));

        var facts = await _bench.Video.FactsAsync(path);
        Assert.Equal(("h264", "yuv420p", 24.0, true), (facts.Codec, facts.PixelFormat, facts.FrameRate, facts.IsFastStart));
        using var poster = await _bench.Store.LeaseAsync(MediaKind.Video, video.Poster, default);
        Assert.Equal([0xff, 0xd8, 0xff], File.ReadAllBytes(poster!.Path)[..3]);
        Assert.Equal(new FileInfo(poster.Path).Length, video.PosterBytes);
        Assert.Empty(await _bench.StoredAsync(MediaKind.Original));
    }

    [Fact]
    public async Task Progress_grows_from_the_first_shot_to_the_stored_video()
    {
        var shots = await ShotsAsync([72, 72], [0, 6], [false, false]);

        await _bench.JoinAsync(JoinBench.Request([.. shots]));

        var values = _bench.Progress.Values;
        Assert.Equal(values.Order(), values);
        Assert.True(values[0] < 0.1 && values.Count > 8, string.Join(' ', values));
        Assert.Equal(1, values[^1]);
    }

    private async Task<JoinShot[]> ShotsAsync(int[] frames, int[] fades, bool[] drops)
    {
        var shots = new JoinShot[frames.Length];
        for (var shot = 0; shot < shots.Length; shot++)
        {
            shots[shot] = new JoinShot(await _bench.ShotAsync(shot + 1, frames[shot]), $"{shot + 1}", drops[shot], fades[shot]);
        }

        return shots;
    }

    private static List<double[]> Expected(JoinShot[] shots, int[] frames) =>
        FrameMarks.Joined(shots, [.. frames.Select((count, shot) => (shot + 1, count))]);

    /// <summary>Every packet lasts one frame, and follows the one before without a gap: 512 ticks each.</summary>
    private static async Task IsRegularAsync(string path, int frames)
    {
        var text = new StringBuilder();
        await Cli.Wrap("ffprobe")
            .WithArguments(
            [
                "-v", "error", "-select_streams", "v:0", "-show_entries", "packet=pts,dts,duration:stream=time_base,r_frame_rate",
                "-of", "csv=p=0", path,
            ])
            .WithStandardOutputPipe(PipeTarget.ToStringBuilder(text))
            .ExecuteAsync();
        var lines = text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal("24/1,1/12288", lines[^1]);
        var packets = lines[..^1].Where(line => line.Length > 0)
            .Select(line => line.Split(',')[..3].Select(field => long.Parse(field, CultureInfo.InvariantCulture)).ToArray())
            .ToList();
        Assert.Equal(Enumerable.Range(0, frames).Select(frame => frame * 512L), packets.Select(packet => packet[0]).Order());
        Assert.All(packets.Zip(packets.Skip(1)), two => Assert.Equal(512, two.Second[1] - two.First[1]));
        Assert.All(packets, packet => Assert.Equal(512, packet[2]));
    }
}
