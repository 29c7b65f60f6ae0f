namespace VideoGen.Grains.Generations.Contract;

/// <summary>
/// Why a generation failed: a code from the closed list in docs/api.md, a message that the user can act on, and whether a retry
/// makes sense. The last three come from the provider, if one was called: its id, its HTTP status and its request id.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.generation-error")]
public sealed record GenerationError(
    string Code, string Message, bool Retryable, string? Provider = null, int? ProviderStatus = null, string? RequestId = null);

/// <summary>The closed list of error codes; docs/api.md explains each to users.</summary>
public static class GenerationErrorCode
{
    /// <summary>It is unknown whether a paid provider accepted the job; only the user may submit it again.</summary>
    public const string OutcomeUnknown = "outcome_unknown";

    /// <summary>The provider rejected the token (401).</summary>
    public const string TokenRefused = "token_refused";

    /// <summary>The token may not call this provider or model (403).</summary>
    public const string PermissionMissing = "permission_missing";

    /// <summary>The account has no credit left (402).</summary>
    public const string PaymentRequired = "payment_required";

    /// <summary>No usable provider serves the configured model.</summary>
    public const string ModelUnavailable = "model_unavailable";

    /// <summary>The provider rejected this input (400, 413, 422).</summary>
    public const string InputRejected = "input_rejected";

    /// <summary>The provider's safety system refused the picture or the script.</summary>
    public const string ContentRejected = "content_rejected";

    /// <summary>The account sent too many requests, and the limit did not clear in time.</summary>
    public const string RateLimited = "rate_limited";

    /// <summary>The provider was unreachable, overloaded or starting up, and did not recover in time.</summary>
    public const string ProviderUnavailable = "provider_unavailable";

    /// <summary>The provider accepted the job and then reported that it failed.</summary>
    public const string ProviderFailed = "provider_failed";

    /// <summary>The provider no longer has the job or its result.</summary>
    public const string JobLost = "job_lost";

    /// <summary>The job did not finish within the allowed time.</summary>
    public const string DeadlineExceeded = "deadline_exceeded";

    /// <summary>The returned video cannot be used.</summary>
    public const string ResultUnusable = "result_unusable";

    /// <summary>The character picture no longer exists.</summary>
    public const string ImageMissing = "image_missing";

    /// <summary>A local tool (ffmpeg) failed for this generation.</summary>
    public const string RenderFailed = "render_failed";

    /// <summary>A local tool (ffmpeg) is missing or could not be run.</summary>
    public const string ToolUnavailable = "tool_unavailable";

    /// <summary>The disk is full; the generation waits and continues when space is available.</summary>
    public const string StorageFull = "storage_full";

    /// <summary>The generation uses a backend that this server no longer has.</summary>
    public const string BackendMissing = "backend_missing";
}
