using System.Collections.Concurrent;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Video;

namespace VideoGen.Testing;

/// <summary>Takes every file for a film of the right shape and writes small files.</summary>
public sealed class FakeVideoProcessor : IVideoProcessor
{
    private readonly ConcurrentDictionary<string, bool> _damaged = new();

    public Func<string, InspectOutcome> Inspect { get; set; } = _ => new InspectOutcome.Film(Orders.Facts());

    /// <summary>The next look at a file finds it damaged.</summary>
    public void DamageOnce(string fileName) => _damaged[fileName] = true;

    public Task<InspectOutcome> InspectAsync(string path, CancellationToken cancellationToken) => Task.FromResult(
        _damaged.TryRemove(Path.GetFileName(path), out _)
            ? new InspectOutcome.Refused(Orders.Error(GenerationErrorCode.ResultUnusable))
            : Inspect(path));

    public async Task<ProcessOutcome> NormalizeAsync(string source, VideoFacts facts, string target, VideoShape shape,
        IProgress<double>? progress, CancellationToken cancellationToken)
    {
        progress?.Report(0.5);
        await File.WriteAllTextAsync(target, "normalised", cancellationToken);
        return new ProcessOutcome.Done();
    }

    public async Task<ProcessOutcome> MakePosterAsync(string source, string target, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(target, "poster", cancellationToken);
        return new ProcessOutcome.Done();
    }
}
