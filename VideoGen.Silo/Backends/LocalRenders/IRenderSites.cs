using VideoGen.Silo.Inference.LocalRenders;

namespace VideoGen.Silo.Backends.LocalRenders;

/// <summary>Where renders run: every silo is a site, with a name that is stored with the job.</summary>
internal interface IRenderSites
{
    /// <summary>The name of this silo; it changes with every start.</summary>
    string Here { get; }

    /// <summary>The renders of another silo; null when that silo has left the cluster, and its renders with it.</summary>
    ILocalRenderService? Elsewhere(string site);
}
