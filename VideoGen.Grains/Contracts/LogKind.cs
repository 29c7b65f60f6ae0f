namespace VideoGen.Grains.Contracts;

/// <summary>What a line of a generation's log tells; docs/api.md lists them for users.</summary>
[GenerateSerializer, Alias("videogen.log-kind")]
public enum LogKind
{
    /// <summary>The order was stored.</summary>
    Accepted = 0,

    /// <summary>It waits: for its turn, or for what the detail names. A note.</summary>
    Waiting = 1,

    /// <summary>An attempt begins; the detail names who makes it.</summary>
    AttemptStarted = 2,

    /// <summary>The backend took the job.</summary>
    Submitted = 3,

    /// <summary>The backend certainly did not take the job; another attempt follows.</summary>
    Refused = 4,

    /// <summary>It is not known whether the backend took the job.</summary>
    OutcomeUnknown = 5,

    /// <summary>The film is ready at the backend.</summary>
    Rendered = 6,

    /// <summary>The film as rendered is in the media store.</summary>
    Stored = 7,

    /// <summary>The film is done.</summary>
    Completed = 8,

    /// <summary>It ended with an error.</summary>
    Failed = 9,

    /// <summary>Our own end, or a lost job, cut the attempt short.</summary>
    Interrupted = 10,

    /// <summary>Another life of the service took it up where the last one left it. A note.</summary>
    Resumed = 11,

    /// <summary>The user asked to cancel.</summary>
    CancelRequested = 12,

    /// <summary>It ended because the user wished so; the detail says what the provider may still do.</summary>
    Canceled = 13,

    /// <summary>The user ordered it again.</summary>
    Retried = 14,

    /// <summary>Its media are not kept any more.</summary>
    Expired = 15,

    /// <summary>The outcome of its submit became known after it was given up: the job is followed.</summary>
    Reopened = 16,
}
