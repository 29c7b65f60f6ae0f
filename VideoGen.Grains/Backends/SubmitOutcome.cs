using System.Text.Json.Serialization;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Backends;

/// <summary>
/// The provider's handle for a job, from its response: the job id and the paths (never hosts) for status, result and cancel.
/// <paramref name="Site"/> names the silo that renders it, for a local render.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.render-job")]
public sealed record RenderJob(string Id, string? StatusPath = null, string? ResultPath = null, string? CancelPath =
    null, string? Site = null);

/// <summary>
/// The closed set of outcomes of a submit. It is stored as JSON in the record of a sent submit, so names are only ever added.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "outcome")]
[JsonDerivedType(typeof(Accepted), "accepted")]
[JsonDerivedType(typeof(NotAccepted), "not_accepted")]
[JsonDerivedType(typeof(Unknown), "unknown")]
public abstract record SubmitOutcome
{
    private SubmitOutcome() { }

    /// <summary>The backend accepted the job.</summary>
    public sealed record Accepted(RenderJob Job) : SubmitOutcome;

    /// <summary>
    /// The backend certainly did not accept the job. A refusal with a <paramref name="Scope"/> wider than this request pauses the
    /// upstream's queue, and the generation returns to it. If it is about this request, a <paramref name="Transient"/> one is
    /// worth another try. Neither happens before <paramref name="RetryAfter"/> if it is given.
    /// </summary>
    public sealed record NotAccepted(
        GenerationError Error, bool Transient, TimeSpan? RetryAfter = null, VerdictScope Scope = VerdictScope.Order)
        : SubmitOutcome;

    /// <summary>
    /// It is unknown whether the backend accepted the job. <paramref name="Lead"/> is a job that the answer seems to name: the
    /// backend may find it.
    /// </summary>
    public sealed record Unknown(GenerationError Error, RenderJob? Lead = null) : SubmitOutcome;
}
