namespace VideoGen.Grains.Ports;

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

    /// <summary>Ready to be persisted and sent.</summary>
    public sealed record Planned(RenderPlan Plan) : PlanOutcome;

    /// <summary>This order can not be made; the error says why.</summary>
    public sealed record Refused(Contracts.GenerationError Error) : PlanOutcome;

    /// <summary>Something that should pass is in the way; ask again, not before <paramref name="RetryAfter"/> when it is given.</summary>
    public sealed record Unavailable(Contracts.GenerationError Error, TimeSpan? RetryAfter) : PlanOutcome;
}
