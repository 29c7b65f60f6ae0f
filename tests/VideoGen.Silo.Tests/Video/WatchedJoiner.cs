using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Storyboards.Join;
using VideoGen.Grains.Video;

namespace VideoGen.Silo.Tests.Video;

/// <summary>Passes every call on, counts the segments, and can stop before one of them.</summary>
internal sealed class WatchedJoiner(IVideoJoiner joiner) : IVideoJoiner
{
    public int Segments { get; private set; }

    public int Assemblies { get; private set; }

    /// <summary>The exception to throw instead of making another segment, once this many are made.</summary>
    public (int Segments, Exception Exception)? StopAfter { get; set; }

    public void Reset() => (Segments, Assemblies, StopAfter) = (0, 0, null);

    public Task<ProcessOutcome> MakeSegmentAsync(SourceFrames frames, SourceFrames? fadesTo, FrameSize size, string target,
        IProgress<double>? progress, CancellationToken cancellationToken)
    {
        if (StopAfter is { } stop && stop.Segments == Segments)
        {
            throw stop.Exception;
        }

        Segments++;
        return joiner.MakeSegmentAsync(frames, fadesTo, size, target, progress, cancellationToken);
    }

    public Task<ProcessOutcome> AddSoundAsync(
        SourceFrames frames, SoundPlace place, string track, CancellationToken cancellationToken) =>
        joiner.AddSoundAsync(frames, place, track, cancellationToken);

    public Task<ProcessOutcome> AssembleAsync(IReadOnlyList<string> segments, string? track, IReadOnlyList<Chapter> chapters,
        int frames, string target, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        Assemblies++;
        return joiner.AssembleAsync(segments, track, chapters, frames, target, progress, cancellationToken);
    }

    public Task<ProcessOutcome> SaveLastFrameAsync(string source, string target, CancellationToken cancellationToken) =>
        joiner.SaveLastFrameAsync(source, target, cancellationToken);
}
