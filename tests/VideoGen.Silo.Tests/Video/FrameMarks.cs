using VideoGen.Grains.Storyboards.Join;

namespace VideoGen.Silo.Tests.Video;

/// <summary>
/// Frames that carry the number of their shot (5 bits) and their own (8 bits) as white blocks, in a grid of four by four.
/// </summary>
internal static class FrameMarks
{
    private const int Side = 4;
    private const int IndexBits = 8;
    private const int ShotBits = 5;

    /// <summary>The ffmpeg filters that draw the marks on black.</summary>
    public static string Draw(int shot) => string.Join(',', Enumerable.Range(0, IndexBits + ShotBits)
        .Where(bit => bit < IndexBits || (shot >> (bit - IndexBits) & 1) == 1)
        .Select(bit => $"drawbox=x={bit % Side}*iw/{Side}:y={bit / Side}*ih/{Side}:w=iw/{Side}:h=ih/{Side}:color=white:t=fill"
            + (bit < IndexBits ? $":enable='mod(floor(n/{1 << bit})\\,2)'" : "")));

    /// <summary>The blocks of a frame, 0 or 255.</summary>
    public static double[] Of(int shot, int index) => [.. Enumerable.Range(0, Side * Side).Select(bit =>
        bit < IndexBits ? (index >> bit & 1) * 255.0
        : bit < IndexBits + ShotBits ? (shot >> (bit - IndexBits) & 1) * 255.0 : 0)];

    /// <summary>What the joined video must show: shots overlap in their cross-fades, and nothing else happens.</summary>
    public static List<double[]> Joined(IReadOnlyList<JoinShot> shots, IReadOnlyList<(int Shot, int Frames)> videos)
    {
        var joined = new List<double[]>();
        foreach (var (shot, video) in shots.Zip(videos))
        {
            var frames = Enumerable.Range(0, video.Frames).Select(index => Of(video.Shot, index)).ToList();
            frames.RemoveRange(0, shot.DropsFirstFrame ? 1 : 0);
            for (var frame = 0; frame < shot.FadeFrames; frame++)
            {
                var weight = (frame + 1.0) / (shot.FadeFrames + 1);
                var before = joined[^(shot.FadeFrames - frame)];
                frames[frame] = [.. before.Zip(frames[frame], (a, b) => (a * (1 - weight)) + (b * weight))];
            }

            joined.RemoveRange(joined.Count - shot.FadeFrames, shot.FadeFrames);
            joined.AddRange(frames);
        }

        return joined;
    }

    /// <summary>Every frame of a video is the expected one.</summary>
    public static async Task EqualAsync(IReadOnlyList<double[]> expected, string path)
    {
        var frames = await VideoBench.GrayAsync(path, Side);
        Assert.Equal(expected.Count, frames.Length);
        for (var frame = 0; frame < frames.Length; frame++)
        {
            var difference = expected[frame].Zip(frames[frame], (one, other) => Math.Abs(one - other)).Max();
            Assert.True(difference < 12, $"Frame {frame} differs by {difference}: {string.Join(' ', frames[frame])} "
                + $"instead of {string.Join(' ', expected[frame].Select(block => Math.Round(block)))}.");
        }
    }
}
