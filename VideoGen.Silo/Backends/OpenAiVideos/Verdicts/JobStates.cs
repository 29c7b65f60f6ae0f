namespace VideoGen.Silo.Backends.OpenAiVideos.Verdicts;

/// <summary>How a job stands.</summary>
internal enum JobState
{
    /// <summary>A word that this build does not know.</summary>
    Unknown,

    /// <summary>It has not started.</summary>
    Waiting,

    /// <summary>It is being rendered.</summary>
    Working,

    /// <summary>Its video can be fetched.</summary>
    Done,

    /// <summary>It has ended without a video.</summary>
    Failed,
}

/// <summary>
/// The words for a state. OpenAI had four; gateways pass on those of others (new-api, Together, OpenRouter), some in upper case.
/// </summary>
internal static class JobStates
{
    public static JobState Of(string? word) => word?.ToLowerInvariant() switch
    {
        "queued" or "pending" or "submitted" or "not_start" => JobState.Waiting,
        "in_progress" or "processing" or "running" or "generating" => JobState.Working,
        "completed" or "succeeded" or "success" => JobState.Done,
        "failed" or "error" or "cancelled" or "canceled" or "expired" or "deleted" => JobState.Failed,
        _ => JobState.Unknown,
    };
}
