using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Ledger;
using VideoGen.Grains.Media;
using VideoGen.Grains.Video;

namespace VideoGen.Grains.Generations.Steps;

/// <summary>
/// Turns a stored original into the video and the poster that users get. Every file name is derived from the id, so repeating it
/// after a crash replaces files instead of duplicating them.
/// </summary>
internal sealed class VideoFinisher(IMediaStore media, IVideoProcessor processor)
{
    public async Task<FinishOutcome> RunAsync(
        RenderRequest request, StoredMedia original, IProgress<double> progress, CancellationToken cancellationToken)
    {
        try
        {
            using var source = await media.LeaseAsync(MediaKind.Original, original.Name, cancellationToken);
            return source is null
                ? new FinishOutcome.Failed(LedgerErrors.OriginalGone())
                : await processor.InspectAsync(source.Path, cancellationToken) switch
                {
                    InspectOutcome.Film { Facts: var facts } =>
                        await ShapeAsync(request, source.Path, facts, progress, cancellationToken),
                    InspectOutcome.Refused { Kind: RefusalKind.Damaged } damaged => new FinishOutcome.Damaged(damaged.Error),
                    InspectOutcome.Refused refused => new FinishOutcome.Failed(refused.Error),
                    InspectOutcome.Unavailable unavailable => new FinishOutcome.Unavailable(unavailable.Error),
                    var other => throw new InvalidOperationException($"Unexpected {other.GetType()}."),
                };
        }
        catch (IOException exception) when (exception is MediaStoreFullException || DiskFull.Caused(exception))
        {
            return new FinishOutcome.Unavailable(LedgerErrors.StorageFull());
        }
    }

    private async Task<FinishOutcome> ShapeAsync(
        RenderRequest request, string source, VideoFacts facts, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var shape = VideoShape.Of(request.Request);
        using var video = media.CreateScratch(".mp4");
        using var poster = media.CreateScratch(".jpg");
        if (shape.Fits(facts))
        {
            await CopyAsync(source, video.Path, cancellationToken);
        }
        else if (NotDone(await processor.NormalizeAsync(source, facts, video.Path, shape, progress, cancellationToken))
            is { } failed)
        {
            return failed;
        }

        if (NotDone(await processor.MakePosterAsync(video.Path, poster.Path, cancellationToken)) is { } noPoster)
        {
            return noPoster;
        }

        var made = await processor.InspectAsync(video.Path, cancellationToken);
        if (made is not InspectOutcome.Film { Facts: var final })
        {
            return made is InspectOutcome.Refused refused
                ? new FinishOutcome.Failed(LedgerErrors.VideoBroken(refused.Error))
                : new FinishOutcome.Unavailable(((InspectOutcome.Unavailable)made).Error);
        }

        var (id, owner) = (request.GenerationId, request.Request.Owner);
        var still = await media.SaveAsync(MediaKind.Video, GenerationFiles.Poster(id, owner), poster, cancellationToken);
        var stored = await media.SaveAsync(MediaKind.Video, GenerationFiles.Video(id, owner), video, cancellationToken);
        var timing = VideoTiming.Of(facts, shape);
        return new FinishOutcome.Finished(new FinishedVideo(
            stored.Name, still.Name, final.DurationSeconds, final.Width, final.Height, stored.Bytes, still.Bytes,
            final.HasAudio, timing.PlaybackRate, timing.HasSound ? timing.HeldSeconds : null));
    }

    private static FinishOutcome? NotDone(ProcessOutcome outcome) => outcome switch
    {
        ProcessOutcome.Failed failed => new FinishOutcome.Failed(failed.Error),
        ProcessOutcome.Unavailable unavailable => new FinishOutcome.Unavailable(unavailable.Error),
        _ => null,
    };

    private static async Task CopyAsync(string source, string target, CancellationToken cancellationToken)
    {
        await using var from = File.OpenRead(source);
        await using var to = File.Create(target);
        await from.CopyToAsync(to, cancellationToken);
    }
}

/// <summary>The possible outcomes of finishing.</summary>
internal abstract record FinishOutcome
{
    private FinishOutcome() { }

    public sealed record Finished(FinishedVideo Video) : FinishOutcome;

    /// <summary>The original is not a video that plays to its end.</summary>
    public sealed record Damaged(GenerationError Error) : FinishOutcome;

    public sealed record Failed(GenerationError Error) : FinishOutcome;

    public sealed record Unavailable(GenerationError Error) : FinishOutcome;
}
