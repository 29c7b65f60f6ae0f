using System.Collections.Immutable;
using VideoGen.Grains.Media;
using VideoGen.Grains.Video;

namespace VideoGen.Grains.Storyboards.Join;

/// <summary>Reads the videos of the shots, one after the other.</summary>
internal sealed class JoinSources(IMediaStore media, IVideoProcessor processor)
{
    /// <summary>The facts of each shot, or why they cannot be joined.</summary>
    public async Task<(ImmutableArray<VideoFacts> Facts, JoinOutcome? Stopped)> ReadAsync(
        ImmutableArray<JoinShot> shots, ProgressPart progress, CancellationToken cancellationToken)
    {
        var facts = ImmutableArray.CreateBuilder<VideoFacts>(shots.Length);
        foreach (var shot in shots)
        {
            var number = facts.Count + 1;
            using var source = await media.LeaseAsync(MediaKind.Video, shot.Video, cancellationToken);
            if (source is null)
            {
                return ([], new JoinOutcome.ShotMissing(number));
            }

            switch (await processor.InspectAsync(source.Path, cancellationToken))
            {
                case InspectOutcome.Film film:
                    facts.Add(film.Facts);
                    break;
                case InspectOutcome.Unavailable unavailable:
                    return ([], new JoinOutcome.Unavailable(unavailable.Error));
                default:
                    return ([], new JoinOutcome.Failed(JoinErrors.ShotUnusable(number)));
            }

            progress.Of(number - 1, number, shots.Length).Report(1);
        }

        return (facts.MoveToImmutable(), null);
    }
}
