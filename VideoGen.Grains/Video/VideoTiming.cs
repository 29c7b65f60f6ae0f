namespace VideoGen.Grains.Video;

/// <summary>
/// How a result reaches the requested length. A silent one is stretched in time by <paramref name="Stretch"/>. One with sound
/// never is: it is trimmed, or its last frame is held for <paramref name="HeldSeconds"/>.
/// </summary>
public sealed record VideoTiming(bool HasSound, double Stretch, double HeldSeconds)
{
    /// <summary>Two frames: closer lengths count as equal.</summary>
    private const double Tolerance = 2.0 / VideoShape.FrameRate;

    /// <summary>The speed at which a silent result plays, 1 being its own; null for a result with sound.</summary>
    public double? PlaybackRate => HasSound ? null : Math.Round(1 / Stretch, 3);

    /// <summary>The timing of a result in the requested shape.</summary>
    public static VideoTiming Of(VideoFacts facts, VideoShape shape)
    {
        var (asked, own) = (shape.DurationSeconds, facts.DurationSeconds);
        return facts.HasAudio
            ? new VideoTiming(true, 1, asked - own > Tolerance ? Math.Round(asked - own, 3) : 0)
            : new VideoTiming(false, own > 0 && !shape.Fits(facts) ? asked / own : 1, 0);
    }
}
