using VideoGen.Grains.Media;

namespace VideoGen.Grains.Backends;

/// <summary>
/// One way of making a film: a paid job queue, a dedicated endpoint, or the local preview. The grain decides and persists; a
/// backend only asks and classifies, keeps no job in memory that it could not find again, and never throws for what a provider
/// answered. Cancellation of a call means that the caller does not wait any longer, never that the job is canceled.
/// </summary>
public interface IVideoBackend
{
    /// <summary>The name that settings and stored generations use: <c>preview</c>, <c>huggingface</c>, <c>endpoint</c>.</summary>
    string Name { get; }

    /// <summary>What the grain needs to know to treat this backend honestly.</summary>
    BackendTraits Traits { get; }

    /// <summary>
    /// Decides provider, model and body for an order, and makes all of it ready to be sent. Costs nothing and may be repeated.
    /// </summary>
    Task<PlanOutcome> PlanAsync(RenderRequest order, CancellationToken cancellationToken);

    /// <summary>Asks how the job stands, with the credential and paths of the plan and the job, not of the current settings.</summary>
    Task<PollOutcome> PollAsync(RenderRequest order, RenderPlan plan, RenderJob job, CancellationToken cancellationToken);

    /// <summary>Brings what was rendered into the media store as <see cref="MediaKind.Original"/>; may be repeated.</summary>
    Task<FetchOutcome> FetchAsync(RenderRequest order, RenderPlan plan, RenderJob job, RenderResult result,
        CancellationToken cancellationToken);

    /// <summary>Asks the provider to stop a job and says whether it confirmed.</summary>
    Task<CancelOutcome> CancelAsync(RenderRequest order, RenderPlan plan, RenderJob job, CancellationToken cancellationToken);
}

/// <summary>The backends of this process by name, and the one that new generations use.</summary>
public interface IVideoBackends
{
    /// <summary>The backend that the settings choose for new attempts.</summary>
    IVideoBackend Current { get; }

    /// <summary>The backend that a stored attempt was made with; null when this build or its settings no longer have it.</summary>
    IVideoBackend? Find(string name);
}

/// <summary>Whom a refusal is about, and so who has to wait for it to pass.</summary>
[GenerateSerializer, Alias("videogen.verdict-scope")]
public enum VerdictScope
{
    /// <summary>This order alone: its picture, its script, its parameters.</summary>
    Order = 0,

    /// <summary>Every order for this model: no provider serves it, or its mapping is gone.</summary>
    Model = 1,

    /// <summary>Every order for this upstream: no credit, a refused token, a rate limit, no connection.</summary>
    Upstream = 2,
}
