namespace VideoGen.Api.Http;

/// <summary>The <c>code</c> values of problem documents, explained in docs/api.md.</summary>
internal static class ProblemCode
{
    public const string MalformedRequest = "malformed_request";
    public const string ValidationFailed = "validation_failed";
    public const string KeyNeeded = "key_needed";
    public const string OriginRefused = "origin_refused";
    public const string NotFound = "not_found";
    public const string GenerationNotFound = "generation_not_found";
    public const string GenerationExpired = "generation_expired";
    public const string PictureGone = "picture_gone";
    public const string NothingToRetry = "nothing_to_retry";
    public const string AlreadyFinished = "already_finished";
    public const string StillRunning = "still_running";
    public const string CharacterNotFound = "character_not_found";
    public const string CharacterInUse = "character_in_use";
    public const string StoryboardNotFound = "storyboard_not_found";
    public const string ShotNotFound = "shot_not_found";
    public const string AlreadyStarted = "already_started";
    public const string NotStarted = "not_started";
    public const string ChangedMeanwhile = "changed_meanwhile";
    public const string WebhookNotFound = "webhook_not_found";
    public const string NothingToReplay = "nothing_to_replay";
    public const string KeyReused = "idempotency_key_reused";
    public const string MethodNotAllowed = "method_not_allowed";
    public const string RequestTimeout = "request_timeout";
    public const string PreconditionFailed = "precondition_failed";
    public const string BodyTooLarge = "body_too_large";
    public const string UnsupportedMediaType = "unsupported_media_type";
    public const string RangeNotSatisfiable = "range_not_satisfiable";
    public const string LimitReached = "limit_reached";
    public const string QueueFull = "queue_full";
    public const string UploadsBusy = "uploads_busy";
    public const string ConnectionsBusy = "connections_busy";
    public const string StreamsBusy = "streams_busy";
    public const string Unavailable = "unavailable";
    public const string StorageFull = "storage_full";
    public const string InternalError = "internal_error";
}
