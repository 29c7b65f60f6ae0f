namespace VideoGen.Grains.Generations.Contract;

/// <summary>
/// Why a generation failed: a code of the closed list in docs/api.md, a sentence the user can act on, and whether a retry makes
/// sense. The last three come from the provider, where one was asked: its id, its HTTP status and its request id.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.generation-error")]
public sealed record GenerationError(
    string Code, string Message, bool Retryable, string? Provider = null, int? ProviderStatus = null, string? RequestId = null);

/// <summary>The closed list of reasons why a generation can fail; docs/api.md explains each to users.</summary>
public static class GenerationErrorCode
{
    /// <summary>It cannot be known whether a paid provider accepted the job; only the user may order it again.</summary>
    public const string OutcomeUnknown = "outcome_unknown";

    /// <summary>The provider does not accept the token (401).</summary>
    public const string TokenRefused = "token_refused";

    /// <summary>The token may not make calls to this provider or model (403).</summary>
    public const string PermissionMissing = "permission_missing";

    /// <summary>The account has no credit left (402).</summary>
    public const string PaymentRequired = "payment_required";

    /// <summary>No usable provider serves the configured model.</summary>
    public const string ModelUnavailable = "model_unavailable";

    /// <summary>The provider does not accept this input (400, 413, 422).</summary>
    public const string InputRejected = "input_rejected";

    /// <summary>The provider's safety system refused the picture or the script.</summary>
    public const string ContentRejected = "content_rejected";

    /// <summary>Too many requests for the account, and it did not pass in time.</summary>
    public const string RateLimited = "rate_limited";

    /// <summary>The provider could not be reached, is overloaded or still warming up, and it did not pass in time.</summary>
    public const string ProviderUnavailable = "provider_unavailable";

    /// <summary>The provider accepted the job and then reported that it failed.</summary>
    public const string ProviderFailed = "provider_failed";

    /// <summary>The provider does not know the job, or its result, any more.</summary>
    public const string JobLost = "job_lost";

    /// <summary>The job did not end within the time allowed.</summary>
    public const string DeadlineExceeded = "deadline_exceeded";

    /// <summary>What came back is not a film that can be used.</summary>
    public const string ResultUnusable = "result_unusable";

    /// <summary>The character picture is not there any more.</summary>
    public const string ImageMissing = "image_missing";

    /// <summary>A local tool (ffmpeg) failed on this generation.</summary>
    public const string RenderFailed = "render_failed";

    /// <summary>A local tool (ffmpeg) is missing or could not be run.</summary>
    public const string ToolUnavailable = "tool_unavailable";

    /// <summary>The disk has no room; the generation waits and goes on when there is some.</summary>
    public const string StorageFull = "storage_full";

    /// <summary>The generation was made with a backend that this server no longer has.</summary>
    public const string BackendMissing = "backend_missing";
}
