using System.Collections.Immutable;

namespace VideoGen.Grains.Storyboards.Join;

/// <summary>
/// Where each shot is shown in the joined video, in frames. The segments follow each other: the body of a shot, then the
/// cross-fade into the next one, if there is one. <paramref name="Shots"/> has one entry for each shot.
/// </summary>
internal sealed record Timeline(ImmutableArray<TimelineSegment> Segments, ImmutableArray<TimelineShot> Shots, int Frames)
{
    /// <summary>The timeline of shots whose videos have these numbers of frames; each must be long enough.</summary>
    public static Timeline Of(ImmutableArray<JoinShot> shots, IReadOnlyList<int> frames)
    {
        var segments = ImmutableArray.CreateBuilder<TimelineSegment>();
        var places = ImmutableArray.CreateBuilder<TimelineShot>(shots.Length);
        var end = 0;
        for (var shot = 0; shot < shots.Length; shot++)
        {
            var (first, fadeIn, fadeOut) = (shots[shot].FirstFrame, shots[shot].FadeFrames, FadeAfter(shots, shot));
            var body = new FrameRange(shot, first + fadeIn, BodyFrames(shots, frames, shot));
            places.Add(new TimelineShot(end - fadeIn, new FrameRange(shot, first, frames[shot] - first), fadeIn, fadeOut));
            segments.Add(new TimelineSegment(body));
            if (fadeOut > 0)
            {
                segments.Add(new TimelineSegment(
                    new FrameRange(shot, frames[shot] - fadeOut, fadeOut),
                    new FrameRange(shot + 1, shots[shot + 1].FirstFrame, fadeOut)));
            }

            end += body.Count + fadeOut;
        }

        return new Timeline(segments.ToImmutable(), places.MoveToImmutable(), end);
    }

    /// <summary>The first shot (from 0) of which nothing is left between its transitions; null when there is none.</summary>
    public static int? TooShort(ImmutableArray<JoinShot> shots, IReadOnlyList<int> frames) =>
        Enumerable.Range(0, shots.Length).Where(shot => BodyFrames(shots, frames, shot) < 1).Select(shot => (int?)shot)
            .FirstOrDefault();

    /// <summary>The length of the cross-fade from this shot (from 0) into the next one; 0 for a cut and after the last.</summary>
    public static int FadeAfter(ImmutableArray<JoinShot> shots, int shot) =>
        shot + 1 < shots.Length ? shots[shot + 1].FadeFrames : 0;

    private static int BodyFrames(ImmutableArray<JoinShot> shots, IReadOnlyList<int> frames, int shot) =>
        frames[shot] - shots[shot].FirstFrame - shots[shot].FadeFrames - FadeAfter(shots, shot);
}

/// <summary>Consecutive frames of the video of a shot; both the shot and the frames count from 0.</summary>
internal readonly record struct FrameRange(int Shot, int From, int Count);

/// <summary>
/// One segment of the joined video: frames of one shot, or a cross-fade from those to as many of the next shot.
/// </summary>
internal sealed record TimelineSegment(FrameRange Frames, FrameRange? FadesTo = null);

/// <summary>
/// A shot in the joined video: <paramref name="Start"/> is the frame at which it begins to show, that is where the cross-fade
/// into it begins; <paramref name="Frames"/> are those of its video that are shown, both cross-fades included.
/// </summary>
internal sealed record TimelineShot(int Start, FrameRange Frames, int FadeIn, int FadeOut);
