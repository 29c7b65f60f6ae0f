using NetVips;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Media;
using VideoGen.Grains.Video;
using VideoGen.Silo.Backends.LocalRenders;
using VideoGen.Silo.Backends.Pictures;
using VideoGen.Silo.Backends.Settings;
using VideoGen.Silo.Video;

namespace VideoGen.Silo.Backends.Preview;

/// <summary>
/// Makes videos without a model or a network: a camera moves over the character picture, differently for every generation.
/// </summary>
internal sealed class PreviewBackend(
    Upstream upstream, Ffmpeg ffmpeg, LocalRenderRunner runner, IRenderSites sites, IMediaStore media, TimeProvider time)
    : LocalRenderBackend(upstream, runner, sites, media, time)
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(15);

    private static readonly ModelReport Report = new(new ModelTraits(
        HasProfile: true, Script: false, Seed: true, NegativePrompt: false, Motion: true, Sound: false, [], []));

    public override BackendTraits Traits { get; } = upstream.Traits;

    public override Task<ModelReport> DescribeAsync(string? model, CancellationToken cancellationToken) =>
        Task.FromResult(Report);

    protected override async Task<LocalRenderResult> RenderAsync(
        RenderRequest request, RenderPlan plan, ScratchFile target, IProgress<double> progress,
        CancellationToken cancellationToken)
    {
        using var picture = await Media.LeaseAsync(MediaKind.Upload, request.Request.CharacterImage, cancellationToken);
        if (picture is null)
        {
            return new LocalRenderResult.Failed(CharacterPicture.Missing);
        }

        var shape = VideoShape.Of(request.Request);
        FrameSize view;
        FrameCrop? crop;
        try
        {
            (view, crop) = FrameOf(request.Request, picture.Path);
        }
        catch (VipsException)
        {
            return new LocalRenderResult.Failed(CharacterPicture.Unreadable);
        }

        var job = PreviewVideo.Job(
            picture.Path, crop, CameraMove.For(request, view.Ratio), view, shape, target.Path, progress);
        var run = await ffmpeg.RunAsync(job, cancellationToken);
        return await ToolFailure.OfVideoAsync(run, shape.Frames, target.Path, cancellationToken) switch
        {
            null => new LocalRenderResult.Rendered(),
            { MayPass: true } trouble => new LocalRenderResult.Interrupted(trouble.Error, RetryDelay),
            var trouble => new LocalRenderResult.Failed(trouble.Error),
        };
    }

    /// <summary>The part of the frame that shows the picture, and the part of the picture that it shows.</summary>
    private static (FrameSize View, FrameCrop? Crop) FrameOf(GenerationRequest request, string picture) => request switch
    {
        { Fit: Fit.Contain } => (request.Frame.Around(PictureFrame.SizeOf(picture)), null),
        { AspectRatio: null } => (request.Frame, null),    // cropped in the middle, as requests without a shape always were
        _ => (request.Frame, PictureFrame.CropOf(picture, request.Frame)),
    };
}
