using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Backends;

/// <summary>
/// What will be sent where, persisted before it is sent: the provider and its model id, the Hub's model id, the SHA-256 of the
/// body (lower-case hex), and a fingerprint of the credential (never the credential itself). <paramref name="SubmitId"/> is an id
/// of ours by which the upstream can be asked for the job, and <paramref name="PlannedAt"/> the time before which it cannot have
/// been accepted. <paramref name="RepeatCostsMoney"/> says so of this request, although most requests to its upstream do not cost
/// money. <paramref name="PicturesUsed"/> is how many pictures of the character are sent. A backend sets what it needs.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.render-plan")]
public sealed record RenderPlan(
    string? Provider = null, string? ProviderModel = null, string? Model = null, string? BodyHash = null, string? Credential =
    null, string? SubmitId = null, DateTimeOffset? PlannedAt = null,
    bool RepeatCostsMoney = false, int PicturesUsed = 1);

/// <summary>The possible outcomes of <see cref="IVideoBackend.PlanAsync"/>.</summary>
public abstract record PlanOutcome
{
    private PlanOutcome() { }

    /// <summary>
    /// Ready to be persisted and sent. <paramref name="Submit"/> sends the request exactly as planned: the picture has been read
    /// and the body built, so only the HTTP exchange itself can fail. It is the only call that may cost money, and is made at
    /// most once, after the plan is stored.
    /// </summary>
    public sealed record Planned(RenderPlan Plan, Func<Task<SubmitOutcome>> Submit) : PlanOutcome;

    /// <summary>
    /// This request cannot be rendered; the error says why. With a <paramref name="Scope"/> wider than this request, the queue
    /// pauses and the generation stays in it; the first probe follows after <paramref name="RetryAfter"/> if it is given.
    /// </summary>
    public sealed record Refused(
        GenerationError Error, VerdictScope Scope = VerdictScope.Order, TimeSpan? RetryAfter = null) : PlanOutcome;

    /// <summary>
    /// A temporary failure; plan again, not before <paramref name="RetryAfter"/> if it is given. With a <paramref name="Scope"/>
    /// wider than this request, the upstream did not answer.
    /// </summary>
    public sealed record Unavailable(GenerationError Error, TimeSpan? RetryAfter, VerdictScope Scope = VerdictScope.Order)
        : PlanOutcome;
}
