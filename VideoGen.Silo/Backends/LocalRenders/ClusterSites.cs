using Orleans.Runtime.Services;
using VideoGen.Silo.Inference.LocalRenders;

namespace VideoGen.Silo.Backends.LocalRenders;

/// <summary>The silos of the cluster by address. A silo that is shutting down still answers until it is gone.</summary>
internal sealed class ClusterSites(IServiceProvider services, IClusterMembershipService membership, ILocalSiloDetails silo)
    : GrainServiceClient<ILocalRenderService>(services), IRenderSites
{
    public string Here { get; } = silo.SiloAddress.ToParsableString();

    public ILocalRenderService? Elsewhere(string site)
    {
        var address = SiloAddress.FromParsableString(site);
        return membership.CurrentSnapshot.GetSiloStatus(address) is SiloStatus.None or SiloStatus.Dead
            ? null
            : GetGrainService(address);
    }
}
