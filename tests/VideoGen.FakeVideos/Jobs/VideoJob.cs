namespace VideoGen.FakeVideos.Jobs;

/// <summary>Where a job stands.</summary>
internal enum JobPhase
{
    Queued,
    Running,
    Completed,
    Failed,
}

/// <summary>Why a job failed.</summary>
internal sealed record JobFailure(int Code, string Message);

/// <summary>An accepted job. A deleted one stays until its run has ended, but no client sees it.</summary>
internal sealed record VideoJob(string Id, VideoRequest Request, DateTimeOffset CreatedAt)
{
    public JobPhase Phase { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>How long its run takes.</summary>
    public TimeSpan RenderTime { get; init; }

    public JobFailure? Failure { get; init; }

    /// <summary>The name of its video's file.</summary>
    public string? VideoFile { get; init; }

    /// <summary>Whether the video is in cloud storage.</summary>
    public bool IsInStorage { get; init; }

    public bool IsDeleted { get; init; }

    public bool IsFetched { get; init; }

    public bool HasEnded => Phase is JobPhase.Completed or JobPhase.Failed;

    /// <summary>A rough progress from 0 to 100, in steps of ten.</summary>
    public int ProgressAt(DateTimeOffset now) => Phase switch
    {
        JobPhase.Completed => 100,
        JobPhase.Running when RenderTime > TimeSpan.Zero =>
            Math.Clamp((int)((now - StartedAt!.Value) / RenderTime * 10) * 10, 0, 90),
        _ => 0,
    };
}
