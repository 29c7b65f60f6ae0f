using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Media;
using VideoGen.Grains.Video;

namespace VideoGen.Grains.Storyboards.Join;

/// <summary>
/// Joins the finished shots of a storyboard into one video with chapters, and makes its poster. It may be repeated at any time:
/// segments that are stored are not made again, and the result replaces itself.
/// </summary>
internal sealed class StoryboardJoin(IMediaStore media, IVideoJoiner joiner, IVideoProcessor processor)
{
    /// <summary>Joins the shots; progress is 0 to 1 over the whole join.</summary>
    public async Task<JoinOutcome> RunAsync(
        JoinRequest request, IProgress<double> progress, CancellationToken cancellationToken)
    {
        try
        {
            return await JoinAsync(request, progress, cancellationToken);
        }
        catch (IOException exception) when (exception is MediaStoreFullException || DiskFull.Caused(exception))
        {
            return new JoinOutcome.Unavailable(JoinErrors.StorageFull);
        }
        catch (MediaStoreUnavailableException)
        {
            return new JoinOutcome.Unavailable(JoinErrors.StorageAway);
        }
    }

    private async Task<JoinOutcome> JoinAsync(
        JoinRequest request, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var (facts, unread) = await new JoinSources(media, processor)
            .ReadAsync(request.Shots, new ProgressPart(progress, 0, 0.1), cancellationToken);
        if (unread is not null)
        {
            return unread;
        }

        int[] frames = [.. facts.Select(shot => shot.Frames)];
        if (Timeline.TooShort(request.Shots, frames) is { } tooShort)
        {
            return new JoinOutcome.Failed(JoinErrors.ShotTooShort(tooShort + 1));
        }

        var timeline = Timeline.Of(request.Shots, frames);
        var segments = new JoinSegments(media, joiner, request);
        if (await segments.MakeAsync(timeline, new ProgressPart(progress, 0.1, 0.8), cancellationToken) is { } stopped)
        {
            return stopped;
        }

        using var track = media.CreateScratch(".pcm");
        var sound = new JoinSound(media, joiner, request);
        if (await sound.MakeAsync(timeline, facts, track.Path, new ProgressPart(progress, 0.8, 0.9), cancellationToken)
            is { } unheard)
        {
            return unheard;
        }

        var outcome = await AssembleAsync(request, timeline, segments, sound.IsHeard ? track.Path : null,
            new ProgressPart(progress, 0.9, 1), cancellationToken);
        if (outcome is JoinOutcome.Finished)
        {
            await segments.DeleteAsync(cancellationToken);
            progress.Report(1);
        }

        return outcome;
    }

    private async Task<JoinOutcome> AssembleAsync(JoinRequest request, Timeline timeline, JoinSegments segments, string? track,
        ProgressPart progress, CancellationToken cancellationToken)
    {
        using var video = media.CreateScratch(".mp4");
        using var poster = media.CreateScratch(".jpg");
        using (var leased = await segments.LeaseAsync(cancellationToken))
        {
            if (leased is null)
            {
                return new JoinOutcome.Unavailable(JoinErrors.PartsDamaged);
            }

            Chapter[] chapters = [.. timeline.Shots.Zip(request.Shots, (place, shot) => new Chapter(place.Start, shot.Title))];
            var assembled = await joiner.AssembleAsync(
                leased.Paths, track, chapters, timeline.Frames, video.Path, progress, cancellationToken);
            if (assembled is ProcessOutcome.Unavailable unavailable)
            {
                return new JoinOutcome.Unavailable(unavailable.Error);
            }

            if (assembled is ProcessOutcome.Failed failed)
            {
                // A segment of an earlier run may have been damaged on the disk: the next run makes all of them again.
                await segments.DeleteAsync(cancellationToken);
                return segments.AnyReused
                    ? new JoinOutcome.Unavailable(JoinErrors.PartsDamaged)
                    : new JoinOutcome.Failed(JoinErrors.Unjoined(failed.Error));
            }
        }

        return await processor.MakePosterAsync(video.Path, poster.Path, cancellationToken) switch
        {
            ProcessOutcome.Failed failed => new JoinOutcome.Failed(JoinErrors.Unjoined(failed.Error)),
            ProcessOutcome.Unavailable unavailable => new JoinOutcome.Unavailable(unavailable.Error),
            _ => await StoreAsync(request, timeline, video, poster, track is not null, cancellationToken),
        };
    }

    private async Task<JoinOutcome> StoreAsync(JoinRequest request, Timeline timeline, ScratchFile video, ScratchFile poster,
        bool hasSound, CancellationToken cancellationToken)
    {
        var (id, owner, number) = (request.Id, request.Owner, request.Number);
        var still = await media.SaveAsync(MediaKind.Video, JoinFiles.Poster(id, owner, number), poster, cancellationToken);
        var stored = await media.SaveAsync(MediaKind.Video, JoinFiles.Video(id, owner, number), video, cancellationToken);
        return new JoinOutcome.Finished(new FinishedVideo(
            stored.Name, still.Name, Math.Round((double)timeline.Frames / VideoShape.FrameRate, 3), request.Frame.Width,
            request.Frame.Height, stored.Bytes, still.Bytes, hasSound));
    }
}
