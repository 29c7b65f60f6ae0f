using Microsoft.Extensions.Options;
using NetVips;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Media;
using VideoGen.Silo.Backends.LocalRenders;
using VideoGen.Silo.Backends.Models;
using VideoGen.Silo.Backends.Pictures;
using VideoGen.Silo.Backends.Settings;

namespace VideoGen.Silo.Backends.Endpoint;

/// <summary>
/// A dedicated endpoint, or any server that answers a picture with a video: one synchronous call that takes as long as the
/// render. Repeating it costs time but no money, because an endpoint is paid by the hour.
/// </summary>
internal sealed class EndpointBackend(
    EndpointCall call, ModelProfiles profiles, IOptions<HuggingFaceOptions> options, LocalRenderRunner runner,
    IRenderSites sites, IMediaStore media, TimeProvider time)
    : LocalRenderBackend(runner, sites, media, time)
{
    public override string Name => BackendNames.Endpoint;

    public override BackendTraits Traits { get; } = new(IsPreview: false, RepeatCostsMoney: false);

    protected override RenderPlan Plan() => new(Provider: Name, Model: options.Value.Model);

    protected override async Task<LocalRenderResult> RenderAsync(
        RenderRequest request, RenderPlan plan, ScratchFile target, IProgress<double> progress,
        CancellationToken cancellationToken)
    {
        if (await Media.ReadAsync(request, cancellationToken) is not { } picture)
        {
            return new LocalRenderResult.Failed(CharacterPicture.Missing);
        }

        EndpointRequest body;
        try
        {
            body = EndpointRequest.Make(request, plan.Model ?? "", picture, options.Value, profiles);
        }
        catch (VipsException)
        {
            return new LocalRenderResult.Failed(CharacterPicture.Unreadable);
        }

        return await call.RenderAsync(body, target, cancellationToken);
    }
}
