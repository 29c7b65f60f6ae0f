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
/// render. By default repeating it costs time but no money, because an endpoint is paid by the hour.
/// </summary>
internal sealed class EndpointBackend(
    Upstream upstream, EndpointCall call, ModelProfiles profiles, LocalRenderRunner runner, IRenderSites sites,
    IMediaStore media, TimeProvider time)
    : LocalRenderBackend(upstream, runner, sites, media, time)
{
    private readonly Upstream _upstream = upstream;

    public override BackendTraits Traits { get; } = upstream.Traits;

    public override Task<ModelReport> DescribeAsync(string? model, CancellationToken cancellationToken) =>
        Task.FromResult(new ModelReport(_upstream.IsPictureOnly
            ? ModelTraits.Unprofiled with { HasProfile = true, Script = false }
            : profiles.Find(BackendNames.Endpoint, model ?? "")?.ToTraits() ?? ModelTraits.Unprofiled));

    protected override RenderPlan Plan(RenderRequest request) => new(Provider: Name, Model: request.Model);

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
            body = EndpointRequest.Make(request, plan.Model ?? "", picture, _upstream.IsPictureOnly, profiles);
        }
        catch (VipsException)
        {
            return new LocalRenderResult.Failed(CharacterPicture.Unreadable);
        }

        return await call.RenderAsync(_upstream, body, target, cancellationToken);
    }
}
