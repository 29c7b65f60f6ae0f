using VideoGen.Grains.Backends;
using VideoGen.Silo.Backends.LocalRenders;
using VideoGen.Silo.Inference.LocalRenders;

namespace VideoGen.Silo.Tests.Backends.LocalRenders;

/// <summary>A cluster of this site and the one other whose renders are given, if it is there at all.</summary>
internal sealed class FakeSites(ILocalRenderService? other = null) : IRenderSites
{
    public const string Other = "other";

    public string Here => "here";

    public ILocalRenderService? Elsewhere(string site) => site == Other ? other : null;
}

/// <summary>The renders of another silo, which may not answer.</summary>
internal sealed class FakeSite(LocalRenderRunner runner) : ILocalRenderService
{
    public Exception? Trouble { get; set; }

    public Task<LocalRenderState?> NextStateAsync(RenderRequest request, TimeSpan timeout) => Trouble is { } trouble
        ? Task.FromException<LocalRenderState?>(trouble)
        : runner.NextStateAsync(request, TimeSpan.Zero, CancellationToken.None);

    public Task<LocalRenderState?> CancelAsync(RenderRequest request) => Trouble is { } trouble
        ? Task.FromException<LocalRenderState?>(trouble)
        : runner.CancelAsync(request, CancellationToken.None);
}
