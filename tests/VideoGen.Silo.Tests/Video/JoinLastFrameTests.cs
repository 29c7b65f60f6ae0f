using VideoGen.Grains.Video;

namespace VideoGen.Silo.Tests.Video;

public sealed class JoinLastFrameTests : IDisposable
{
    private readonly JoinBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(1, "-c:v libx264 -pix_fmt yuv420p")]
    [InlineData(70, "-c:v libx264 -pix_fmt yuv420p")]
    [InlineData(71, "-c:v libx264 -pix_fmt yuv420p -bf 8 -output_ts_offset 0.7")]
    [InlineData(240, "-c:v libx264 -pix_fmt yuv420p -x264-params open-gop=1:keyint=12 -video_track_timescale 600")]
    public async Task The_last_frame_is_exactly_the_last(int frames, string encode)
    {
        var source = _bench.Video.PathOf(await _bench.ShotAsync(5, frames, "sine=r=48000", encode));
        var target = _bench.Video.PathOf("last.png");

        Assert.IsType<ProcessOutcome.Done>(await _bench.Joiner.SaveLastFrameAsync(source, target, default));

        Assert.Equal([0x89, 0x50, 0x4e, 0x47], File.ReadAllBytes(target)[..4]);
        await FrameMarks.EqualAsync([FrameMarks.Of(5, frames - 1)], target);
    }

    [Fact]
    public async Task Its_colors_are_those_of_the_video()
    {
        var source = await _bench.Video.MakeAsync("colors.mp4",
            "-f lavfi -i testsrc2=s=256x256:r=24:d=3 -vf gblur=6,scale=out_color_matrix=bt709:out_range=tv,format=yuv420p -c:v libx264 "
            + "-crf 5 -color_range tv -colorspace bt709 -color_primaries bt709 -color_trc bt709");
        var target = _bench.Video.PathOf("last.png");

        Assert.IsType<ProcessOutcome.Done>(await _bench.Joiner.SaveLastFrameAsync(source, target, default));

        var (video, picture) = (await VideoBench.ColorAsync(source, 256), await VideoBench.ColorAsync(target, 256));
        Assert.Single(picture);
        Assert.True(VideoBench.Difference(video[^1], picture[0]) < 2, $"{VideoBench.Difference(video[^1], picture[0])}");
        Assert.True(VideoBench.Difference(video[^2], picture[0]) > VideoBench.Difference(video[^1], picture[0]));
    }

    [Fact]
    public async Task A_file_that_is_no_video_has_none()
    {
        var source = await _bench.Video.WriteAsync("text.mp4", "no video");

        Assert.IsType<ProcessOutcome.Failed>(
            await _bench.Joiner.SaveLastFrameAsync(source, _bench.Video.PathOf("last.png"), default));
    }
}
