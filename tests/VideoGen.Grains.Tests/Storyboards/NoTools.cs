using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Media;
using VideoGen.Grains.Storyboards.Join;
using VideoGen.Grains.Video;

namespace VideoGen.Grains.Tests.Storyboards;

/// <summary>The ports of a storyboard for tests that join nothing and take no last frame: a call fails the test.</summary>
internal sealed class NoTools : IVideoJoiner, IImageIntake
{
    public Task<ProcessOutcome> MakeSegmentAsync(SourceFrames frames, SourceFrames? fadesTo, FrameSize size, string target,
        IProgress<double>? progress, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ProcessOutcome> AddSoundAsync(
        SourceFrames frames, SoundPlace place, string track, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<ProcessOutcome> AssembleAsync(IReadOnlyList<string> segments, string? track, IReadOnlyList<Chapter> chapters,
        int frames, string target, IProgress<double>? progress, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<ProcessOutcome> SaveLastFrameAsync(string source, string target, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IntakeOutcome> AcceptAsync(ReadOnlyMemory<byte> file, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public FrameSize SizeOf(string path) => throw new NotSupportedException();
}
