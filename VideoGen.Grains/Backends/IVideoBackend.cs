using VideoGen.Grains.Media;

namespace VideoGen.Grains.Backends;

/// <summary>
/// One way to render a video: a paid job queue, a dedicated endpoint, or the local preview. The grain decides and persists; a
/// backend only calls the provider and classifies its answers. It keeps no job in memory that it could not find again, and never
/// throws for a provider's answer. Canceling a call means that the caller stops waiting, never that the job is canceled.
/// </summary>
public interface IVideoBackend
{
    /// <summary>The upstream's name in settings and stored generations, such as <c>preview</c> or <c>huggingface</c>.</summary>
    string Name { get; }

    /// <summary>Properties of the backend that the grain's decisions depend on.</summary>
    BackendTraits Traits { get; }

    /// <summary>
    /// What is known about one of its models, by the name that it has there; costs nothing and may ask the upstream.
    /// </summary>
    Task<ModelReport> DescribeAsync(string? model, CancellationToken cancellationToken);

    /// <summary>
    /// Chooses the provider and the body for a request, and prepares everything for sending. It costs nothing and may
    /// be repeated.
    /// </summary>
    Task<PlanOutcome> PlanAsync(RenderRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Looks for the job of a submit whose outcome is unknown; may be repeated. <paramref name="lead"/> is the job that the
    /// answer seemed to name, if it did.
    /// </summary>
    Task<FindOutcome> FindAsync(
        RenderRequest request, RenderPlan plan, RenderJob? lead, CancellationToken cancellationToken);

    /// <summary>
    /// Polls the status of a job, with the credential and paths of the plan and the job, not of the current settings.
    /// </summary>
    Task<PollOutcome> PollAsync(RenderRequest request, RenderPlan plan, RenderJob job, CancellationToken cancellationToken);

    /// <summary>Fetches the rendered video into the media store as <see cref="MediaKind.Original"/>; may be repeated.</summary>
    Task<FetchOutcome> FetchAsync(RenderRequest request, RenderPlan plan, RenderJob job, RenderResult result,
        CancellationToken cancellationToken);

    /// <summary>Asks the provider to stop a job, and returns whether it confirmed.</summary>
    Task<CancelOutcome> CancelAsync(RenderRequest request, RenderPlan plan, RenderJob job, CancellationToken cancellationToken);
}

/// <summary>The models that requests can name, and the backends of this process by name: one for each upstream.</summary>
public interface IVideoBackends
{
    /// <summary>All models; there is at least one, and the backend of each exists.</summary>
    IReadOnlyList<VideoModel> Models { get; }

    /// <summary>The model for requests that name none.</summary>
    VideoModel Default { get; }

    /// <summary>The backend of a model or of a stored attempt; null when this build or its settings no longer have it.</summary>
    IVideoBackend? Find(string name);
}

/// <summary>Lookups that all implementations share.</summary>
public static class VideoBackendsExtensions
{
    extension(IVideoBackends backends)
    {
        /// <summary>The model with this id; null when there is none.</summary>
        public VideoModel? FindModel(string? id) =>
            backends.Models.FirstOrDefault(model => string.Equals(model.Id, id, StringComparison.OrdinalIgnoreCase));

        /// <summary>The backend of a configured model.</summary>
        public IVideoBackend Of(VideoModel model) => backends.Find(model.Upstream)
            ?? throw new InvalidOperationException($"The upstream {model.Upstream} of model {model.Id} does not exist.");
    }
}

/// <summary>What a refusal is about, and so which generations have to wait for it to pass.</summary>
[GenerateSerializer, Alias("videogen.verdict-scope")]
public enum VerdictScope
{
    /// <summary>This request alone: its picture, its script, its parameters.</summary>
    Order = 0,

    /// <summary>Every request for this model: no provider serves it, or its mapping is gone.</summary>
    Model = 1,

    /// <summary>Every request for this upstream: no credit, a refused token, a rate limit, no connection.</summary>
    Upstream = 2,
}
