namespace VideoGen.Silo.Backends.LocalRenders;

/// <summary>Where renders run: every silo is a site, by a name that is stored with the job.</summary>
internal interface IRenderSites
{
    /// <summary>The name of this silo; another start of it has another.</summary>
    string Here { get; }

    /// <summary>The renders of another silo; null when that silo is gone from the cluster, and its renders with it.</summary>
    ILocalRenderService? Elsewhere(string site);
}
