using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Video;
using VideoGen.Silo.Backends.Preview;
using VideoGen.Silo.Tests.Video;
using VideoGen.Silo.Video;

namespace VideoGen.Silo.Tests.Backends.Preview;

public sealed class PreviewVideoTests : IDisposable
{
    private readonly VideoBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(3, 512)]
    [InlineData(5, 512)]
    [InlineData(7, 512)]
    [InlineData(10, 512)]
    [InlineData(3, 768)]
    [InlineData(3, 1024)]
    public async Task A_film_has_exactly_the_asked_shape(int seconds, int side)
    {
        var shape = new VideoShape(seconds, side, side);

        var facts = await _bench.FactsAsync(await FilmAsync(await PictureAsync("testsrc2=s=900x1200"), "a", shape));

        Assert.True(shape.Fits(facts), $"{facts}");
        Assert.Equal(shape.Frames, facts.Frames);
        Assert.Equal(seconds, facts.DurationSeconds, 0.001);
    }

    [Theory]
    [InlineData("testsrc2=s=900x1200")]
    [InlineData("testsrc2=s=1201x901")]
    [InlineData("testsrc2=s=65x64")]
    public async Task A_film_begins_with_the_middle_of_the_picture(string source)
    {
        var picture = await PictureAsync(source);
        var upload = (await VideoBench.ColorAsync(picture, 64, "crop='min(iw,ih)':'min(iw,ih)'"))[0];

        var film = await VideoBench.ColorAsync(await FilmAsync(picture, "a"), 64);

        Assert.True(VideoBench.Difference(film[0], upload) < 5, $"{VideoBench.Difference(film[0], upload)}");
        Assert.True(VideoBench.Difference(film[^1], upload) > 8, $"{VideoBench.Difference(film[^1], upload)}");
    }

    [Theory]
    [InlineData("c83c28")]
    [InlineData("2040d0")]
    public async Task Colours_are_those_of_the_picture(string color)
    {
        var film = await VideoBench.ColorAsync(await FilmAsync(await PictureAsync($"color=0x{color}:s=256x256"), "a"), 64);

        Assert.All(film[0].Chunk(3), pixel => Assert.True(VideoBench.Difference(Convert.FromHexString(color), pixel) <= 4));
    }

    [Fact]
    public async Task Another_generation_moves_differently()
    {
        var picture = await PictureAsync("testsrc2=s=900x900");

        var one = await VideoBench.GrayAsync(await FilmAsync(picture, "one"), 64);
        var other = await VideoBench.GrayAsync(await FilmAsync(picture, "other"), 64);

        Assert.True(VideoBench.Difference(one[^1], other[^1]) > 8, $"{VideoBench.Difference(one[^1], other[^1])}");
    }

    [Theory]
    [InlineData("a")]
    [InlineData("b")]
    public async Task The_camera_does_not_tremble(string id)
    {
        const int Side = 512;
        var picture = await PictureAsync("color=black:s=800x800,geq=lum='16+220*exp(-((X-480)^2+(Y-350)^2)/900)':cb=128:cr=128");

        var frames = await VideoBench.GrayAsync(await FilmAsync(picture, id, new VideoShape(5, Side, Side)), Side);

        // How much the way bends from frame to frame: 0.02 pixels here by the easing, 0.2 where a key frame renews the picture.
        // The zoompan filter, even on a still of four times the size, bends it by 0.5 in the mean and by 1 at worst.
        var way = frames.Select(frame => Centre(frame, Side)).ToArray();
        var bends = way.Zip(way.Skip(1), way.Skip(2)).Select(at => Bend(at.First, at.Second, at.Third)).ToArray();
        Assert.True(Distance(way[0], way[^1]) > 8, $"It moves {Distance(way[0], way[^1])} pixels.");
        Assert.True(bends.Average() < 0.06, $"{bends.Average()} pixels in the mean.");
        Assert.True(bends.Max() < 0.4, $"{bends.Max()} pixels at worst.");
    }

    [Theory]
    [InlineData(910, 512)]
    [InlineData(512, 910)]
    [InlineData(682, 512)]
    [InlineData(512, 1194)]
    public async Task A_crop_fills_a_frame_of_any_shape(int width, int height)
    {
        // Green where the crop is, red beside it.
        var picture = await PictureAsync("color=red:s=1000x1000,drawbox=x=300:y=100:w=400:h=800:color=lime:t=fill");
        var shape = new VideoShape(3, width, height);
        var crop = FrameCrop.Of(new FrameSize(400, 800), new FrameSize(width, height), (0.5, 0.5));

        var film = await FilmAsync(picture, "a", shape, crop: crop with { Left = 300 + crop.Left, Top = 100 + crop.Top });

        Assert.True(shape.Fits(await _bench.FactsAsync(film)), $"{await _bench.FactsAsync(film)}");
        var frames = await VideoBench.ColorAsync(film, 32, "scale=32:32");
        Assert.All(frames[0].Chunk(3), pixel => Assert.True(pixel[1] > 200 && pixel[0] < 60, string.Join(' ', pixel)));
        Assert.All(frames[^1].Chunk(3), pixel => Assert.True(pixel[1] > 200 && pixel[0] < 60, string.Join(' ', pixel)));
    }

    [Fact]
    public async Task Bars_around_a_whole_picture_stand_still()
    {
        var picture = await PictureAsync("testsrc2=s=500x1000");
        var shape = new VideoShape(3, 910, 512);

        var film = await FilmAsync(picture, "a", shape, view: new FrameSize(910, 512).Around(new FrameSize(500, 1000)));

        Assert.True(shape.Fits(await _bench.FactsAsync(film)));
        var bars = await VideoBench.GrayAsync(film, 64, "crop=320:512:0:0,scale=64:64");
        Assert.All(bars, bar => Assert.All(bar, pixel => Assert.True(pixel < 24)));
        var view = await VideoBench.GrayAsync(film, 64, "crop=256:512:327:0,scale=64:64");
        Assert.True(VideoBench.Difference(view[0], view[^1]) > 4, "The camera does not move.");
    }

    private static double Bend((double X, double Y) a, (double X, double Y) b, (double X, double Y) c) =>
        double.Hypot(a.X - 2 * b.X + c.X, a.Y - 2 * b.Y + c.Y);

    private static double Distance((double X, double Y) a, (double X, double Y) b) => double.Hypot(a.X - b.X, a.Y - b.Y);

    /// <summary>Where the bright spot of a picture is, to a fraction of a pixel.</summary>
    private static (double X, double Y) Centre(byte[] pixels, int side)
    {
        var (x, y, sum) = (0.0, 0.0, 0.0);
        for (var i = 0; i < pixels.Length; i++)
        {
            var weight = Math.Max(0, pixels[i] - 40);
            (x, y, sum) = (x + weight * (i % side), y + weight * (i / side), sum + weight);
        }

        return (x / sum, y / sum);
    }

    private Task<string> PictureAsync(string source) =>
        _bench.MakeAsync("picture.jpg", $"-f lavfi -i {source} -frames:v 1 -q:v 2");

    private async Task<string> FilmAsync(
        string picture, string id, VideoShape? shape = null, FrameCrop? crop = null, FrameSize? view = null)
    {
        var (target, asked) = (_bench.PathOf($"{id}.mp4"), shape ?? new VideoShape(3, 512, 512));
        var seen = view ?? new FrameSize(asked.Width, asked.Height);
        var move = CameraMove.For(id, ratio: seen.Ratio);
        var run = await _bench.Ffmpeg.RunAsync(
            PreviewVideo.Job(picture, crop, move, seen, asked, target, new Progress<double>()), CancellationToken.None);
        Assert.Equal(ToolEnd.Succeeded, run.End);
        return target;
    }
}
