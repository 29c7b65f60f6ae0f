using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Video;

namespace VideoGen.Silo.Tests.Video;

public sealed class NormalizeTests : IDisposable
{
    private readonly VideoBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("testsrc2=s=512x288:r=7", 25, 5)]
    [InlineData("testsrc2=s=288x512:r=16", 81, 3)]
    [InlineData("testsrc2=s=256x256:r=30", 60, 3)]
    [InlineData("testsrc2=s=256x256:r=7", 1, 3)]
    public async Task Whatever_a_model_returns_gets_the_asked_shape(string source, int frames, int seconds)
    {
        var path = await _bench.MakeAsync("source.mp4", $"-f lavfi -i {source} -frames:v {frames} -c:v libx264 -pix_fmt yuv444p");
        var shape = new VideoShape(seconds, 512, 512);

        var facts = await NormalizeAsync(path, shape);

        Assert.True(shape.Fits(facts), $"{facts}");
        Assert.Equal(shape.Frames, facts.Frames);
        Assert.Equal(seconds, facts.DurationSeconds, 0.001);
    }

    [Theory]
    [InlineData("source.webm", "-c:v libvpx-vp9 -deadline realtime -cpu-used 8")]
    [InlineData("source.webm", "-c:v libvpx -deadline realtime -cpu-used 8 -live 1")]
    [InlineData("source.gif", "-c:v gif")]
    [InlineData("source.webp", "-c:v libwebp_anim")]
    [InlineData("source.webp", "-vf format=yuva420p -c:v libwebp_anim -lossless 1")]
    [InlineData("source.mov", "-c:v prores_ks")]
    public async Task Whatever_container_a_model_returns_an_MP4_is_made_of_it(string name, string encode)
    {
        var path = await _bench.MakeAsync(name, $"-f lavfi -i testsrc2=s=320x240:r=10:d=2 {encode}");
        var shape = new VideoShape(3, 512, 512);

        var facts = await NormalizeAsync(path, shape);

        Assert.True(shape.Fits(facts), $"{facts}");
        Assert.Equal(shape.Frames, facts.Frames);
        var frames = await VideoBench.GrayAsync(_bench.PathOf("film.mp4"), 64);
        Assert.True(VideoBench.Difference(frames[0], frames[^1]) > 1, "Nothing moves.");
    }

    [Fact]
    public async Task A_film_is_stretched_to_the_asked_length_and_not_cut()
    {
        // Dark for the first half and bright for the second.
        var path = await _bench.MakeAsync("source.mp4",
            "-f lavfi -i color=black:s=64x64:r=8:d=1 -f lavfi -i color=white:s=64x64:r=8:d=1 -filter_complex concat -c:v libx264");

        await NormalizeAsync(path, new VideoShape(4, 512, 512));

        var pictures = await VideoBench.GrayAsync(_bench.PathOf("film.mp4"), 64);
        var frames = pictures.Select(picture => picture.Average(pixel => pixel)).ToArray();
        Assert.True(frames[40] < 40, $"{frames[40]}");
        Assert.True(frames[52] > 215, $"{frames[52]}");
        Assert.Equal(96, frames.Length);
    }

    [Theory]
    [InlineData("s=640x360", 512, 910)]
    [InlineData("s=361x641", 910, 512)]
    [InlineData("s=256x256", 1194, 512)]
    [InlineData("s=320x240,setsar=2", 682, 512)]
    public async Task A_video_of_another_shape_fills_the_frame(string source, int width, int height)
    {
        var path = await _bench.MakeAsync("source.mov", $"-f lavfi -i color=lime:r=8:d=1:{source} -c:v prores_ks");
        var shape = new VideoShape(3, width, height);

        Assert.True(shape.Fits(await NormalizeAsync(path, shape)));

        var frame = (await VideoBench.ColorAsync(_bench.PathOf("film.mp4"), 32, "scale=32:32"))[0];
        Assert.All(frame.Chunk(3), pixel => Assert.True(pixel[1] > 200 && pixel[0] < 60, string.Join(' ', pixel)));
    }

    [Theory]
    [InlineData("s=640x360", 512, 910, "512:288:0:311")]
    [InlineData("s=360x640", 910, 512, "288:512:311:0")]
    [InlineData("s=240x240,setsar=2", 512, 910, "512:256:0:327")]
    public async Task A_video_of_another_shape_is_shown_whole_between_bars(string source, int width, int height, string where)
    {
        var path = await _bench.MakeAsync("source.mov", $"-f lavfi -i color=lime:r=8:d=1:{source} -c:v prores_ks");
        var shape = new VideoShape(3, width, height, Fit.Contain);

        Assert.True(shape.Fits(await NormalizeAsync(path, shape)));

        var inside = (await VideoBench.ColorAsync(_bench.PathOf("film.mp4"), 16, $"crop={where},scale=16:16"))[0];
        Assert.All(inside.Chunk(3), pixel => Assert.True(pixel[1] > 180, string.Join(' ', pixel)));
        var whole = (await VideoBench.ColorAsync(_bench.PathOf("film.mp4"), 64, "scale=64:64"))[0].Chunk(3).ToList();
        Assert.All((byte[][])[whole[0], whole[^1]], corner => Assert.True(corner[1] < 40, string.Join(' ', corner)));
    }

    [Theory]
    [InlineData("smpte2084", 140)]
    [InlineData("arib-std-b67", 100)]
    public async Task An_HDR_video_gets_the_colors_of_ordinary_screens(string transfer, int least)
    {
        // A white of 100 nits is half of the range of PQ, and copied as it is it would be grey. In HLG it is near that of SDR.
        var path = await _bench.MakeAsync("source.mp4",
            "-f lavfi -i color=0x828282:s=256x256:r=24:d=1 -c:v libx265 -x265-params log-level=error -pix_fmt yuv420p10le "
            + $"-color_primaries bt2020 -colorspace bt2020nc -color_trc {transfer}");

        var facts = await NormalizeAsync(path, new VideoShape(3, 512, 512));

        Assert.Equal(("h264", "yuv420p", false), (facts.Codec, facts.PixelFormat, facts.IsHdr));
        var frame = (await VideoBench.GrayAsync(_bench.PathOf("film.mp4"), 16))[0];
        Assert.True(frame.Average(pixel => pixel) > least, $"{frame.Average(pixel => pixel)}");
    }

    [Fact]
    public async Task A_video_that_players_turn_is_upright()
    {
        var wide = await _bench.MakeAsync("wide.mp4", "-f lavfi -i testsrc2=s=910x512:r=24:d=3 -c:v libx264 -movflags +faststart");
        var path = await _bench.MakeAsync("source.mp4", $"-i {wide} -c copy -metadata:s:v:0 rotate=90 -movflags +faststart");
        var facts = await _bench.FactsAsync(path);
        Assert.True(facts.IsTurned);

        var shape = new VideoShape(3, 512, 910);
        Assert.False(new VideoShape(3, 910, 512).Fits(facts));
        Assert.True(shape.Fits(await NormalizeAsync(path, shape)));

        // A player turns the source in the same way.
        var (shown, made) = (await VideoBench.ColorAsync(path, 32), await VideoBench.ColorAsync(_bench.PathOf("film.mp4"), 32));
        Assert.True(VideoBench.Difference(shown[0], made[0]) < 6, $"{VideoBench.Difference(shown[0], made[0])}");
    }

    [Fact]
    public async Task Few_frames_are_blended_into_many()
    {
        var path = await _bench.MakeAsync("source.mp4", "-f lavfi -i testsrc2=s=256x256:r=7 -frames:v 25 -c:v libx264");

        await NormalizeAsync(path, new VideoShape(5, 512, 512));

        var frames = await VideoBench.GrayAsync(_bench.PathOf("film.mp4"), 64);
        var moving = frames.Zip(frames.Skip(1), VideoBench.Difference).Take(100).Count(difference => difference > 0.05);
        Assert.True(moving > 85, $"{moving} of 100 frames differ from the one before");
    }

    [Fact]
    public async Task Progress_grows_to_the_end()
    {
        var path = await _bench.MakeAsync("source.mp4", "-f lavfi -i testsrc2=s=256x256:r=24:d=3 -c:v libx264");
        var progress = new Progress();

        await NormalizeAsync(path, new VideoShape(3, 512, 512), progress);

        Assert.Equal(progress.Values.Order(), progress.Values);
        Assert.Equal(1, progress.Values[^1]);
    }

    [Theory]
    [InlineData("-f lavfi -i testsrc2=s=320x240:d=2 -c:v libx264")]
    [InlineData("-f lavfi -i testsrc2=s=320x240 -frames:v 1 -c:v libx264")]
    public async Task The_poster_is_a_JPEG_of_the_size_of_the_film(string arguments)
    {
        var film = await _bench.MakeAsync("film.mp4", arguments);

        var outcome = await _bench.Processor.MakePosterAsync(film, _bench.PathOf("poster.jpg"), CancellationToken.None);

        Assert.IsType<ProcessOutcome.Done>(outcome);
        Assert.Equal([0xff, 0xd8, 0xff], File.ReadAllBytes(_bench.PathOf("poster.jpg"))[..3]);
        var pictures = await VideoBench.GrayAsync(_bench.PathOf("poster.jpg"), 320, "crop=320:240");
        Assert.Single(pictures);
    }

    [Fact]
    public async Task The_poster_of_a_film_that_begins_black_is_not_black()
    {
        var film = await _bench.MakeAsync("film.mp4", "-f lavfi -i testsrc2=s=256x256:d=3 -vf fade=in:d=1 -c:v libx264");

        await _bench.Processor.MakePosterAsync(film, _bench.PathOf("poster.jpg"), CancellationToken.None);

        var poster = Assert.Single(await VideoBench.GrayAsync(_bench.PathOf("poster.jpg"), 32));
        Assert.True(poster.Average(pixel => pixel) > 60);
    }

    private async Task<VideoFacts> NormalizeAsync(string source, VideoShape shape, IProgress<double>? progress = null)
    {
        var facts = await _bench.FactsAsync(source);
        var target = _bench.PathOf("film.mp4");
        Assert.IsType<ProcessOutcome.Done>(
            await _bench.Processor.NormalizeAsync(source, facts, target, shape, progress, CancellationToken.None));
        return await _bench.FactsAsync(target);
    }

    private sealed class Progress : IProgress<double>
    {
        public List<double> Values { get; } = [];

        public void Report(double value) => Values.Add(value);
    }
}
