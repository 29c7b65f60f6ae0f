using System.Text.Json.Serialization;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Backends;

/// <summary>
/// The provider's handle on a job, taken from its answer: its id and the paths (never hosts) to ask it with. <paramref name="Site"/>
/// names the silo that renders it, where it is one of ours.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.render-job")]
public sealed record RenderJob(string Id, string? StatusPath = null, string? ResultPath = null, string? CancelPath = null, string? Site = null);

/// <summary>
/// What a submit can end in, and nothing else. As JSON it is what is recorded of a sent submit, so names only grow.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "outcome")]
[JsonDerivedType(typeof(Accepted), "accepted")]
[JsonDerivedType(typeof(NotAccepted), "not_accepted")]
[JsonDerivedType(typeof(Unknown), "unknown")]
public abstract record SubmitOutcome
{
    private SubmitOutcome() { }

    /// <summary>The backend took the job.</summary>
    public sealed record Accepted(RenderJob Job) : SubmitOutcome;

    /// <summary>
    /// The backend certainly did not take the job. A refusal with a wider <paramref name="Scope"/> than this order pauses the
    /// queue of the upstream, and the order goes back to it. About this order, <paramref name="Transient"/> is worth another try.
    /// Neither happens before <paramref name="RetryAfter"/> when that is given.
    /// </summary>
    public sealed record NotAccepted(
        GenerationError Error, bool Transient, TimeSpan? RetryAfter = null, VerdictScope Scope = VerdictScope.Order) : SubmitOutcome;

    /// <summary>It cannot be known whether the backend took the job.</summary>
    public sealed record Unknown(GenerationError Error) : SubmitOutcome;
}
