using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Backends;

/// <summary>
/// What will be sent where, persisted before it is sent: provider and its own model id, the Hub's model id, the SHA-256 of the
/// body (lower-case hex), and a fingerprint of the credential used (never the credential). Only the queue backends fill them all.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.render-plan")]
public sealed record RenderPlan(
    string? Provider = null, string? ProviderModel = null, string? Model = null, string? BodyHash = null, string? Credential = null);

/// <summary>What <see cref="IVideoBackend.PlanAsync"/> can end in.</summary>
public abstract record PlanOutcome
{
    private PlanOutcome() { }

    /// <summary>
    /// Ready to be persisted and sent. <paramref name="Submit"/> sends the request exactly as planned: the picture is read and
    /// the body is built already, so that nothing but the exchange itself can fail in it. It is the one act that may cost money,
    /// and is called at most once, after the plan is stored.
    /// </summary>
    public sealed record Planned(RenderPlan Plan, Func<Task<SubmitOutcome>> Submit) : PlanOutcome;

    /// <summary>
    /// This order cannot be made; the error says why. With a wider <paramref name="Scope"/> than this order, the queue pauses and
    /// the order stays in it.
    /// </summary>
    public sealed record Refused(GenerationError Error, VerdictScope Scope = VerdictScope.Order) : PlanOutcome;

    /// <summary>Something that should pass is in the way; ask again, not before <paramref name="RetryAfter"/> when it is given.</summary>
    public sealed record Unavailable(GenerationError Error, TimeSpan? RetryAfter) : PlanOutcome;
}
