using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Video;

namespace VideoGen.Grains.Tests.Video;

public sealed class FrameShapeTests
{
    [Theory]
    [InlineData("1:1", 512, 512, 512)]
    [InlineData("16:9", 512, 910, 512)]
    [InlineData("9:16", 768, 768, 1366)]
    [InlineData("4:3", 512, 682, 512)]
    [InlineData("3:4", 1024, 1024, 1366)]
    [InlineData("21:9", 768, 1792, 768)]
    public void The_quality_is_the_short_side_and_the_long_one_is_even(string name, int side, int width, int height) =>
        Assert.Equal(new FrameSize(width, height), AspectRatio.Of(name)!.Value.WithShortSide(side));

    [Fact]
    public void A_name_that_is_no_shape_has_no_ratio() => Assert.Null(AspectRatio.Of("16:10"));

    [Theory]
    [InlineData(2100, 900, true)]
    [InlineData(900, 2100, true)]
    [InlineData(2101, 900, false)]
    [InlineData(900, 2110, false)]
    public void A_picture_from_9_to_21_up_to_21_to_9_has_a_shape_for_a_video(int width, int height, bool isPossible) =>
        Assert.Equal(isPossible, AspectRatio.IsPossible(new FrameSize(width, height)));

    [Theory]
    [InlineData(1000, 500, 0.5, 0.5, 250, 0, 500, 500)]
    [InlineData(1000, 500, 0.9, 0.5, 500, 0, 500, 500)]
    [InlineData(500, 1000, 0.5, 0.3, 0, 50, 500, 500)]
    [InlineData(500, 500, 0.1, 0.1, 0, 0, 500, 500)]
    public void A_crop_is_as_large_as_can_be_and_around_the_focus_as_far_as_the_edges_allow(
        int width, int height, double x, double y, int left, int top, int cropWidth, int cropHeight) => Assert.Equal(
        new FrameCrop(left, top, cropWidth, cropHeight),
        FrameCrop.Of(new FrameSize(width, height), new FrameSize(1, 1), (x, y)));

    [Theory]
    [InlineData(500, 1000, 256, 512)]
    [InlineData(2000, 500, 910, 228)]
    [InlineData(910, 512, 910, 512)]
    public void A_whole_picture_touches_two_edges_of_the_frame(int width, int height, int viewWidth, int viewHeight) =>
        Assert.Equal(new FrameSize(viewWidth, viewHeight), new FrameSize(910, 512).Around(new FrameSize(width, height)));
}
