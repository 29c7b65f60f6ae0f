using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Media;
using VideoGen.Grains.Storyboards.Join;

namespace VideoGen.Grains.Tests.Storyboards.Join;

public sealed class JoinFilesTests
{
    private static readonly JoinRequest Request = new(
        "storyboard_0123456789abcdef0123456789abcdef", "someone", 999,
        [
            new JoinShot("a.mp4", "A", DropsFirstFrame: false, FadeFrames: 0),
            new JoinShot("b.mp4", "B", DropsFirstFrame: true, FadeFrames: 12),
            new JoinShot("c.mp4", "C", DropsFirstFrame: false, FadeFrames: 0),
        ],
        new FrameSize(768, 768), IsSilent: false);

    [Fact]
    public void All_names_are_those_of_a_store_and_the_video_is_its_owner_s()
    {
        Assert.All(JoinFiles.Of(Request), file => Assert.True(MediaName.IsWellFormed(file.Name), file.Name));
        Assert.All(
            JoinFiles.Of(Request).Where(file => file.Kind is MediaKind.Video),
            file => Assert.True(MediaOwner.Owns("someone", file.Name)));
        Assert.Equal(6, JoinFiles.Of(Request).Distinct().Count());
    }

    [Fact]
    public void There_is_a_segment_for_each_body_and_each_cross_fade() =>
        Assert.Equal(Timeline.Of(Request.Shots, [72, 72, 72]).Segments.Length, JoinFiles.Segments(Request).Count);

    [Fact]
    public void Another_shot_changes_the_names_of_the_segments_that_it_is_in_and_no_other() =>
        Assert.Equal([false, true, true, false], Changed(Request with
        {
            Shots = Request.Shots.SetItem(1, Request.Shots[1] with { Video = "other.mp4" }),
        }));

    [Fact]
    public void Another_transition_changes_the_names_of_the_segments_around_it() =>
        Assert.Equal([true, true, true, false], Changed(Request with
        {
            Shots = Request.Shots.SetItem(1, Request.Shots[1] with { FadeFrames = 6 }),
        }));

    [Fact]
    public void Dropping_the_first_frame_changes_the_names_of_the_segments_after_it() =>
        Assert.Equal([false, true, true, false], Changed(Request with
        {
            Shots = Request.Shots.SetItem(1, Request.Shots[1] with { DropsFirstFrame = false }),
        }));

    [Fact]
    public void Another_size_changes_all_names_and_another_title_none()
    {
        Assert.DoesNotContain(false, Changed(Request with { Frame = new FrameSize(512, 512) }));
        Assert.DoesNotContain(true, Changed(Request with
        {
            Shots = Request.Shots.SetItem(1, Request.Shots[1] with { Title = "Other" }),
        }));
    }

    [Fact]
    public void Two_joins_of_a_storyboard_share_no_file() =>
        Assert.Empty(JoinFiles.Of(Request).Intersect(JoinFiles.Of(Request with { Number = 1 })));

    private static IEnumerable<bool> Changed(JoinRequest other) =>
        JoinFiles.Segments(Request).Zip(JoinFiles.Segments(other), (one, two) => one != two);
}
