using System.Collections.Immutable;
using VideoGen.Grains.Storyboards.Join;

namespace VideoGen.Grains.Tests.Storyboards.Join;

public sealed class TimelineTests
{
    [Fact]
    public void Cuts_put_whole_shots_one_after_the_other()
    {
        var timeline = Timeline.Of([Cut("a"), Cut("b")], [120, 72]);

        Assert.Equal(192, timeline.Frames);
        Assert.Equal(
            [new TimelineSegment(new FrameRange(0, 0, 120)), new TimelineSegment(new FrameRange(1, 0, 72))], timeline.Segments);
        Assert.Equal([0, 120], timeline.Shots.Select(shot => shot.Start));
    }

    [Fact]
    public void A_cross_fade_lies_between_the_bodies_and_its_shot_starts_with_it()
    {
        var timeline = Timeline.Of([Cut("a"), Faded("b", 12)], [120, 72]);

        Assert.Equal(180, timeline.Frames);
        Assert.Equal(
            [
                new TimelineSegment(new FrameRange(0, 0, 108)),
                new TimelineSegment(new FrameRange(0, 108, 12), new FrameRange(1, 0, 12)),
                new TimelineSegment(new FrameRange(1, 12, 60)),
            ],
            timeline.Segments);
        Assert.Equal(new TimelineShot(108, new FrameRange(1, 0, 72), FadeIn: 12, FadeOut: 0), timeline.Shots[1]);
    }

    [Theory]
    [InlineData(0, 191)]
    [InlineData(12, 179)]
    public void The_frame_that_a_shot_started_from_is_shown_once(int fade, int frames)
    {
        var timeline = Timeline.Of([Cut("a"), Faded("b", fade) with { DropsFirstFrame = true }], [120, 72]);

        Assert.Equal(frames, timeline.Frames);
        Assert.Equal(new FrameRange(1, 1, 71), timeline.Shots[1].Frames);
        Assert.Equal(new FrameRange(1, 1 + fade, 71 - fade), timeline.Segments[^1].Frames);
    }

    [Fact]
    public void One_shot_is_its_own_video()
    {
        var timeline = Timeline.Of([Cut("a")], [74]);

        Assert.Equal([new TimelineSegment(new FrameRange(0, 0, 74))], timeline.Segments);
        Assert.Equal(74, timeline.Frames);
    }

    [Fact]
    public void Whatever_the_shots_nothing_is_lost_and_nothing_is_shown_twice()
    {
        var random = new Random(20261201);
        for (var round = 0; round < 2_000; round++)
        {
            var count = random.Next(1, 25);
            var frames = Enumerable.Range(0, count).Select(_ => (24 * random.Next(3, 11)) + random.Next(-2, 3)).ToArray();
            var shots = Enumerable.Range(0, count).Select(shot => shot == 0
                ? Cut("0")
                : new JoinShot($"{shot}", "", random.Next(2) == 0, random.Next(2) == 0 ? 0 : random.Next(6, 25)))
                .ToImmutableArray();

            var timeline = Timeline.Of(shots, frames);

            Assert.Null(Timeline.TooShort(shots, frames));
            Assert.Equal(
                frames.Sum() - shots.Sum(shot => shot.FadeFrames) - shots.Count(shot => shot.DropsFirstFrame), timeline.Frames);
            Assert.Equal(timeline.Frames, timeline.Segments.Sum(segment => segment.Frames.Count));
            Assert.All(timeline.Segments, segment => Assert.True(segment.Frames.Count > 0));
            var shown = timeline.Segments
                .SelectMany(segment => segment.FadesTo is { } other ? [segment.Frames, other] : (FrameRange[])[segment.Frames])
                .SelectMany(range => Enumerable.Range(range.From, range.Count).Select(frame => (range.Shot, frame))).ToList();
            var all = timeline.Shots.SelectMany(shot => Enumerable.Range(shot.Frames.From, shot.Frames.Count)
                .Select(frame => (shot.Frames.Shot, frame)));
            Assert.Equal(all, shown.Order());
            Assert.Equal(timeline.Frames, timeline.Shots[^1].Start + timeline.Shots[^1].Frames.Count);
        }
    }

    [Theory]
    [InlineData(49, null)]
    [InlineData(48, 1)]
    public void A_shot_of_which_nothing_is_left_between_its_transitions_is_named(int frames, int? shot) =>
        Assert.Equal(shot, Timeline.TooShort([Cut("a"), Faded("b", 24), Faded("c", 24)], [72, frames, 72]));

    private static JoinShot Cut(string video) => new($"{video}.mp4", video, DropsFirstFrame: false, FadeFrames: 0);

    private static JoinShot Faded(string video, int frames) => Cut(video) with { FadeFrames = frames };
}
