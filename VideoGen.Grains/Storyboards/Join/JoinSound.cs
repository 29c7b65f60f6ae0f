using System.Collections.Immutable;
using VideoGen.Grains.Media;
using VideoGen.Grains.Video;

namespace VideoGen.Grains.Storyboards.Join;

/// <summary>Makes the sound track of a join, shot by shot. A shot whose sound cannot be decoded is silent in it.</summary>
internal sealed class JoinSound(IMediaStore media, IVideoJoiner joiner, JoinRequest request)
{
    /// <summary>Whether the track has any sound.</summary>
    public bool IsHeard { get; private set; }

    /// <summary>Writes the track; null when it is written, or when no shot has any sound.</summary>
    public async Task<JoinOutcome?> MakeAsync(Timeline timeline, ImmutableArray<VideoFacts> facts, string track,
        ProgressPart progress, CancellationToken cancellationToken)
    {
        foreach (var place in timeline.Shots)
        {
            var shot = place.Frames.Shot;
            if (facts[shot].HasAudio && !request.IsSilent && await AddAsync(place, track, cancellationToken) is { } stopped)
            {
                return stopped;
            }

            progress.Of(shot, shot + 1, timeline.Shots.Length).Report(1);
        }

        return null;
    }

    private async Task<JoinOutcome?> AddAsync(TimelineShot shot, string track, CancellationToken cancellationToken)
    {
        var range = shot.Frames;
        using var source = await media.LeaseAsync(MediaKind.Video, request.Shots[range.Shot].Video, cancellationToken);
        if (source is null)
        {
            return new JoinOutcome.ShotMissing(range.Shot + 1);
        }

        var added = await joiner.AddSoundAsync(
            new SourceFrames(source.Path, range.From, range.Count), new SoundPlace(shot.Start, shot.FadeIn, shot.FadeOut), track,
            cancellationToken);
        IsHeard |= added is ProcessOutcome.Done;
        return added is ProcessOutcome.Unavailable unavailable ? new JoinOutcome.Unavailable(unavailable.Error) : null;
    }
}
