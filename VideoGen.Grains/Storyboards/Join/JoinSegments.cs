using VideoGen.Grains.Media;
using VideoGen.Grains.Video;

namespace VideoGen.Grains.Storyboards.Join;

/// <summary>
/// The segments of one join. Each is stored before the next is made, and one that is stored is not made again.
/// </summary>
internal sealed class JoinSegments(IMediaStore media, IVideoJoiner joiner, JoinRequest request)
{
    private readonly IReadOnlyList<string> _names = JoinFiles.Segments(request);

    /// <summary>Whether some were stored by an earlier run.</summary>
    public bool AnyReused { get; private set; }

    /// <summary>Makes the missing ones; null when all are stored.</summary>
    public async Task<JoinOutcome?> MakeAsync(Timeline timeline, ProgressPart progress, CancellationToken cancellationToken)
    {
        var done = 0;
        foreach (var (segment, name) in timeline.Segments.Zip(_names))
        {
            var part = progress.Of(done, done += segment.Frames.Count, timeline.Frames);
            if (await media.ExistsAsync(MediaKind.Original, name, cancellationToken))
            {
                AnyReused = true;
            }
            else if (await MakeAsync(segment, name, part, cancellationToken) is { } stopped)
            {
                return stopped;
            }

            part.Report(1);
        }

        return null;
    }

    /// <summary>All segments as local files; null when one is gone.</summary>
    public async Task<LeasedSegments?> LeaseAsync(CancellationToken cancellationToken)
    {
        var leased = new LeasedSegments();
        try
        {
            foreach (var name in _names)
            {
                if (await media.LeaseAsync(MediaKind.Original, name, cancellationToken) is not { } lease)
                {
                    leased.Dispose();
                    return null;
                }

                leased.Add(lease);
            }

            return leased;
        }
        catch
        {
            leased.Dispose();
            throw;
        }
    }

    public async Task DeleteAsync(CancellationToken cancellationToken)
    {
        foreach (var name in _names)
        {
            await media.DeleteAsync(MediaKind.Original, name, cancellationToken);
        }
    }

    private async Task<JoinOutcome?> MakeAsync(
        TimelineSegment segment, string name, ProgressPart progress, CancellationToken cancellationToken)
    {
        using var source = await LeaseAsync(segment.Frames, cancellationToken);
        using var other = segment.FadesTo is { } fadesTo ? await LeaseAsync(fadesTo, cancellationToken) : null;
        if (source is null || (segment.FadesTo is not null && other is null))
        {
            return new JoinOutcome.ShotMissing((source is null ? segment.Frames : segment.FadesTo!.Value).Shot + 1);
        }

        using var target = media.CreateScratch(".mp4");
        var made = await joiner.MakeSegmentAsync(
            Frames(source, segment.Frames), other is null ? null : Frames(other, segment.FadesTo!.Value), request.Frame,
            target.Path, progress, cancellationToken);
        switch (made)
        {
            case ProcessOutcome.Failed failed:
                return new JoinOutcome.Failed(JoinErrors.ShotFailed(segment.Frames.Shot + 1, failed.Error));
            case ProcessOutcome.Unavailable unavailable:
                return new JoinOutcome.Unavailable(unavailable.Error);
            default:
                await media.SaveAsync(MediaKind.Original, name, target, cancellationToken);
                return null;
        }
    }

    private Task<MediaLease?> LeaseAsync(FrameRange range, CancellationToken cancellationToken) =>
        media.LeaseAsync(MediaKind.Video, request.Shots[range.Shot].Video, cancellationToken);

    private static SourceFrames Frames(MediaLease source, FrameRange range) => new(source.Path, range.From, range.Count);
}

/// <summary>Stored segments that tools can read at their paths until this is disposed.</summary>
internal sealed class LeasedSegments : IDisposable
{
    private readonly List<MediaLease> _leases = [];

    public IReadOnlyList<string> Paths => [.. _leases.Select(lease => lease.Path)];

    public void Add(MediaLease lease) => _leases.Add(lease);

    public void Dispose() => _leases.ForEach(lease => lease.Dispose());
}
