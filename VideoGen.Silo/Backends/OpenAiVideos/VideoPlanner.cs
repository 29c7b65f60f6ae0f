using NetVips;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Media;
using VideoGen.Silo.Backends.OpenAiVideos.Verdicts;
using VideoGen.Silo.Backends.Pictures;
using VideoGen.Silo.Backends.Settings;

namespace VideoGen.Silo.Backends.OpenAiVideos;

/// <summary>Reads the picture of a request and builds its body, so that a submit only has to send it.</summary>
internal sealed partial class VideoPlanner(
    VideoServer server, ServerProbe probe, IMediaStore store, TimeProvider time, ILogger<VideoPlanner> logger)
{
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromSeconds(5);

    public async Task<PlanOutcome> PlanAsync(RenderRequest request, CancellationToken cancellationToken)
    {
        // A server that is down or still loading its model: its queue waits, and no request gets an unknown outcome.
        if (ServerProbe.Absence(await probe.AskAsync(cancellationToken), server.ErrorsOf(request.Model)) is { } absence)
        {
            return new PlanOutcome.Refused(absence, VerdictScope.Upstream, ProbeInterval);
        }

        byte[]? picture;
        try
        {
            picture = await store.ReadAsync(request, cancellationToken);
        }
        catch (IOException error)
        {
            LogNoPicture(error, request.GenerationId);
            return new PlanOutcome.Unavailable(CharacterPicture.OutOfReach, null);
        }

        if (picture is null)
        {
            return new PlanOutcome.Refused(CharacterPicture.Missing);
        }

        try
        {
            // Cropping and encoding megabytes must not block the grain's scheduler.
            return Planned(request, await Task.Run(() => BuildAsync(request, picture), cancellationToken));
        }
        catch (VipsException error)
        {
            LogNoPicture(error, request.GenerationId);
            return new PlanOutcome.Refused(CharacterPicture.Unreadable);
        }
    }

    private PlanOutcome.Planned Planned(RenderRequest request, VideoRequestBody body)
    {
        var token = server.Upstream.Tokens.Current;
        var plan = new RenderPlan(
            server.Upstream.Name, Model: request.Model, BodyHash: body.Hash,
            Credential: token is null ? null : new Credential(token.Fingerprint, null).ToString(),
            PlannedAt: time.GetUtcNow());
        return new PlanOutcome.Planned(plan, async () => SubmitVerdict.Of(
            await server.CreateAsync(body), server.ErrorsOf(request.Model), time.GetUtcNow()));
    }

    private async Task<VideoRequestBody> BuildAsync(RenderRequest render, byte[] picture)
    {
        // The servers stretch the picture to the size that they are asked for, so that it always has to have its shape.
        var request = render.Request with { AspectRatio = render.Request.AspectRatio ?? AspectRatio.Square };
        var fields = VideoFields.Of(render, PictureFrame.ModelFrame(picture, request), server.ProfileOf(render.Model));
        var cropped = PictureFrame.ForModel(picture, request);
        return server.Upstream.IsJson
            ? VideoRequestBody.Json(fields, cropped)
            : await VideoRequestBody.FormAsync(fields, cropped);
    }

    [LoggerMessage(LogLevel.Warning, "The picture of generation {GenerationId} could not be read")]
    private partial void LogNoPicture(Exception error, string generationId);
}
