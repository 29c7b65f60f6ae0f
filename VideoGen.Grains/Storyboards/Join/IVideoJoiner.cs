using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Video;

namespace VideoGen.Grains.Storyboards.Join;

/// <summary>
/// Joins videos. Files are local paths, sources are finished videos of ours, and all lengths are in frames at 24 per second.
/// </summary>
public interface IVideoJoiner
{
    /// <summary>
    /// Writes exactly these frames to <paramref name="target"/>, without sound, in the encoding of all videos. With <paramref
    /// name="fadesTo"/>, which has as many frames, it is a cross-fade of both.
    /// </summary>
    Task<ProcessOutcome> MakeSegmentAsync(SourceFrames frames, SourceFrames? fadesTo, FrameSize size, string target,
        IProgress<double>? progress, CancellationToken cancellationToken);

    /// <summary>
    /// Adds the sound of these frames to <paramref name="track"/>, which need not exist: brought to the loudness of all shots,
    /// in sync with the frames, faded at both ends. Failed means that the sound cannot be decoded, and the track is unchanged.
    /// </summary>
    Task<ProcessOutcome> AddSoundAsync(
        SourceFrames frames, SoundPlace place, string track, CancellationToken cancellationToken);

    /// <summary>
    /// Puts segments, chapters and, unless it is null, the sound track together, and checks that the result plays to its end and
    /// has exactly <paramref name="frames"/> frames. The video is copied, not encoded again.
    /// </summary>
    Task<ProcessOutcome> AssembleAsync(IReadOnlyList<string> segments, string? track, IReadOnlyList<Chapter> chapters,
        int frames, string target, IProgress<double>? progress, CancellationToken cancellationToken);

    /// <summary>Writes exactly the last frame of a video as PNG.</summary>
    Task<ProcessOutcome> SaveLastFrameAsync(string source, string target, CancellationToken cancellationToken);
}

/// <summary>Consecutive frames of a video file, counted from 0.</summary>
public sealed record SourceFrames(string Path, int From, int Count);

/// <summary>
/// Where the sound of a shot is heard: the frame of the joined video at which it starts, and the lengths of the cross-fades into
/// it and out of it in frames, 0 for a cut.
/// </summary>
public sealed record SoundPlace(int Start, int FadeIn, int FadeOut);

/// <summary>A chapter of the joined video; it ends where the next one starts. The title may be any text.</summary>
public sealed record Chapter(int StartFrame, string Title);
