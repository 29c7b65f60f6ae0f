using System.Text.Json.Serialization;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Media;

namespace VideoGen.Grains.Generations.Ledger;

/// <summary>
/// The stored state of one generation, with its transitions as pure methods (those that a user requests are in the other parts).
/// Property names are the stored contract: new ones are added, none is renamed. <see cref="Attempt"/> is the ledger of the
/// current attempt.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.generation-state")]
internal sealed partial record Generation
{
    /// <summary>A generation that was interrupted this often may be the cause of the crashes.</summary>
    public const int MaxInterruptions = 50;

    [Id(0)] public GenerationRequest? Request { get; init; }
    [Id(1)] public GenerationStatus Status { get; init; }
    [Id(2)] public long Version { get; init; }
    [Id(3)] public long Place { get; init; }
    [Id(4)] public DateTimeOffset CreatedAt { get; init; }
    [Id(5)] public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When the current attempt began, or a retry continued it; the deadline counts from here.</summary>
    [Id(6)] public DateTimeOffset? StartedAt { get; init; }

    /// <summary>The current or the last attempt; null before the first.</summary>
    [Id(7)] public RenderAttempt? Attempt { get; init; }

    /// <summary>How many attempts were made before the user's last retry.</summary>
    [Id(8)] public int AttemptsBefore { get; init; }

    /// <summary>No new attempt before this moment.</summary>
    [Id(9)] public DateTimeOffset? RetryAt { get; init; }

    [Id(10)] public FinishedVideo? Film { get; init; }
    [Id(11)] public GenerationError? Error { get; init; }

    /// <summary>The trace of the request that created it (W3C traceparent); null when that was not traced.</summary>
    [Id(30)] public string? TraceParent { get; init; }

    /// <summary>When the current submission was made; determines the position in the queue.</summary>
    [Id(12)] public DateTimeOffset OrderedAt { get; init; }

    /// <summary>How often the end of our process interrupted an attempt since the current submission.</summary>
    [Id(13)] public int Interruptions { get; init; }

    /// <summary>What happened so far; every transition adds a line for its version.</summary>
    [Id(14)] public GenerationLog Log { get; init; } = new();

    /// <summary>The user's request to cancel, and its outcome.</summary>
    [Id(20)] public Cancellation? Cancellation { get; init; }

    /// <summary>Whether it is deleted: it is no longer visible, and its files are being removed.</summary>
    [Id(21)] public bool IsDeleted { get; init; }

    /// <summary>How often another activation took over a running job; this write invalidates the previous owner's ETag.</summary>
    [Id(22)] public int Takeovers { get; init; }

    [JsonIgnore] public bool IsAccepted => Request is not null;
    [JsonIgnore] public bool IsFinished => Status.IsEnd;
    [JsonIgnore] public bool IsUnfinished => IsAccepted && !IsFinished;

    /// <summary>Whether the loop has work: a video to render, or cleanup after the end.</summary>
    [JsonIgnore] public bool HasWork => IsUnfinished || IsDeleted || IsClearing || OwesWebhooks;

    /// <summary>Whether it failed with an unknown submit outcome that may still become known.</summary>
    [JsonIgnore] public bool AwaitsOutcome => Status is GenerationStatus.Failed && !IsDeleted && MayHaveOutcome;

    /// <summary>Whether the last submit may have an outcome that this state does not know.</summary>
    [JsonIgnore]
    public bool MayHaveOutcome =>
        Attempt is { RepeatCostsMoney: true, Job: null, Error.Code: GenerationErrorCode.OutcomeUnknown };

    [JsonIgnore] public bool IsCanceling => IsUnfinished && Cancellation is { Confirmed: null };
    [JsonIgnore] public int AttemptNumber => Attempt?.Number ?? 0;

    /// <summary>How many attempts the current submission has used.</summary>
    [JsonIgnore] public int AttemptsUsed => AttemptNumber - AttemptsBefore;

    /// <summary>The next step, derived from the last ledger line.</summary>
    [JsonIgnore]
    public LedgerStep NextStep => this switch
    {
        { IsUnfinished: false } => LedgerStep.None,
        { Attempt: null or { IsOver: true } } => LedgerStep.Submit,
        { Attempt.Original: not null } => LedgerStep.Finish,
        { Attempt.Result: not null } => LedgerStep.Fetch,
        { Attempt.Job: not null, IsCanceling: true } => LedgerStep.Cancel,
        { Attempt.Job: not null } => LedgerStep.Poll,
        _ => LedgerStep.ResolveIntent,
    };

    /// <summary>Whether it needs a render slot to continue: from the submit until the video is in the media store.</summary>
    [JsonIgnore] public bool NeedsSlot => NextStep is not (LedgerStep.None or LedgerStep.Finish);

    /// <summary>Whether a job may be running at a backend right now.</summary>
    [JsonIgnore]
    public bool IsRunning =>
        NextStep is LedgerStep.ResolveIntent or LedgerStep.Poll or LedgerStep.Cancel or LedgerStep.Fetch;

    public static Generation Accept(GenerationRequest request, HistoryEntry entry) => new Generation
    {
        Request = request,
        Place = entry.Place,
        CreatedAt = entry.AcceptedAt,
        OrderedAt = entry.AcceptedAt,
        UpdatedAt = entry.AcceptedAt,
        Version = 1,
    }.WithLine(LogKind.Accepted);

    /// <summary>Ledger line <c>Intent</c>: written before the submit is sent.</summary>
    public Generation Intend(
        string backend, BackendTraits traits, RenderPlan plan, DateTimeOffset now, string? sender = null) => (Change(now) with
        {
            Status = GenerationStatus.Processing,
            StartedAt = now,
            RetryAt = null,
            Attempt = new RenderAttempt
            {
                Number = AttemptNumber + 1,
                Backend = backend,
                IsPreview = traits.IsPreview,
                RepeatCostsMoney = traits.RepeatCostsMoney,
                Plan = plan,
                IntendedAt = now,
                Sender = sender,
            },
        }).WithLine(LogKind.AttemptStarted, detail: plan.Provider ?? backend);

    /// <summary>Ledger line <c>Submitted</c>: the backend answered with a job.</summary>
    public Generation Submitted(RenderJob job, DateTimeOffset now) =>
        (Change(now) with { Attempt = Attempt! with { Job = job, SubmittedAt = now } }).WithLine(LogKind.Submitted);

    /// <summary>Ledger line <c>Rendered</c>: the video is ready at the backend.</summary>
    public Generation Rendered(RenderResult result, DateTimeOffset now) => IsCanceling
        ? CanceledTooLate(now) with { Attempt = Attempt! with { Result = result } }
        : (Change(now) with { Attempt = Attempt! with { Result = result } }).WithLine(LogKind.Rendered);

    /// <summary>Ledger line <c>Stored</c>: the video as rendered is in the media store.</summary>
    public Generation Stored(StoredMedia original, DateTimeOffset now) =>
        (Change(now) with { Attempt = Attempt! with { Original = original } }).WithLine(LogKind.Stored);

    /// <summary>Ledger line <c>Completed</c>: video and poster are in the media store.</summary>
    public Generation Completed(FinishedVideo video, DateTimeOffset now) =>
        (Change(now) with { Status = GenerationStatus.Completed, Film = video, Error = null }).WithLine(LogKind.Completed);

    /// <summary>
    /// The attempt produced nothing, as far as is known. After a retry that only looked for the job again, a new attempt follows;
    /// otherwise the generation ends here, and only the user's retry may pay again.
    /// </summary>
    public Generation GaveNothing(GenerationError error, DateTimeOffset now) => Attempt!.IsRecheck && !IsCanceling
        ? TryAgain(error, now, now).WithLine(LogKind.Interrupted, error)
        : Failed(error, now);

    /// <summary>The downloaded file is damaged: the result is downloaded again.</summary>
    public Generation Discarded(GenerationError error, DateTimeOffset now) =>
        (Change(now) with { Attempt = Attempt! with { Original = null } }).WithLine(LogKind.Rendered, error);

    /// <summary>
    /// The upstream refused more than this request. The generation returns to the queue; neither its attempts nor its deadline
    /// are affected.
    /// </summary>
    public Generation SentBack(GenerationError error, DateTimeOffset now) => IsCanceling ? CanceledUnsent(now)
        : (Change(now) with
        {
            StartedAt = null,
            AttemptsBefore = AttemptNumber,
            Attempt = Attempt! with { IsOver = true, Error = error },
        }).WithLine(LogKind.Refused, error);

    /// <summary>
    /// The outcome of the last submit became known after the generation had failed: there is a job, and it is followed.
    /// </summary>
    public Generation Reopened(RenderJob job, DateTimeOffset now) => AwaitsOutcome
        ? (Change(now) with
        {
            Status = GenerationStatus.Processing,
            StartedAt = now,
            Error = null,
            Attempt = Attempt!.WithJob(job, now),
        }).WithLine(LogKind.Reopened)
        : this;

    /// <summary>Marks the generation failed, or canceled if a cancel was requested.</summary>
    public Generation Failed(GenerationError error, DateTimeOffset now) => IsCanceling
        ? Canceled(isConfirmed: true, null, now)
        : (Change(now) with { Status = GenerationStatus.Failed, Error = error }).WithLine(LogKind.Failed, error);

    /// <summary>
    /// The deadline has passed; a job that certainly stopped (<paramref name="isStopped"/>) is not asked for again.
    /// </summary>
    public Generation Overdue(GenerationError error, bool isStopped, DateTimeOffset now) =>
        Failed(error, now) with { Attempt = isStopped ? Attempt! with { IsOver = true } : Attempt };

    /// <summary>
    /// The backend certainly did not accept the job: another attempt later, or the end if the reason is final or the attempts of
    /// this submission are used up.
    /// </summary>
    public Generation NotAccepted(GenerationError error, bool isTransient, DateTimeOffset retryAt, int maxAttempts,
        DateTimeOffset now) =>
        IsCanceling ? CanceledUnsent(now)
            : isTransient && AttemptsUsed < maxAttempts ? TryAgain(error, retryAt, now).WithLine(LogKind.Refused, error)
            : GiveUp(error, now).WithLine(LogKind.Failed, error);

    /// <summary>
    /// It is unknown whether the backend accepted the job. If a repeat costs money, the generation stops here until the user
    /// decides; otherwise the request is sent again.
    /// </summary>
    public Generation OutcomeUnknown(GenerationError error, DateTimeOffset retryAt, int maxAttempts, DateTimeOffset now) =>
        IsCanceling ? CanceledUnseen(error, now)
            : (Attempt!.RepeatCostsMoney || AttemptsUsed >= maxAttempts ? GiveUp(error, now) : TryAgain(error, retryAt, now))
                .WithLine(LogKind.OutcomeUnknown, error);

    /// <summary>
    /// The end of our process (a crash, a restart, a lost silo) interrupted the attempt. If a repeat costs money, the generation
    /// stops here; otherwise it starts over, and neither its attempts nor its deadline are affected, unless that happens so often
    /// that the generation itself may be the cause.
    /// </summary>
    public Generation Interrupted(GenerationError error, DateTimeOffset now) =>
        IsCanceling ? CanceledUnseen(error, now)
            : (Attempt!.RepeatCostsMoney || Interruptions == MaxInterruptions ? GiveUp(error, now) : StartOver(error, now))
                .WithLine(LogKind.Interrupted, error);

    /// <summary>Not visible, but the new ETag keeps the previous owner of the state from writing.</summary>
    public Generation TakenOver() => this with { Takeovers = Takeovers + 1 };

    /// <summary>Neither a new version nor a write: the note is stored with the next version.</summary>
    public Generation WithNote(LogKind kind, string? detail, DateTimeOffset now) =>
        this with { Log = Log.AddNote(new LogLine(Version, now, kind, Status, AttemptNumber, Detail: detail)) };

    private Generation TryAgain(GenerationError error, DateTimeOffset retryAt, DateTimeOffset now) =>
        Change(now) with { RetryAt = retryAt, Attempt = Attempt! with { IsOver = true, Error = error } };

    private Generation StartOver(GenerationError error, DateTimeOffset now) => Change(now) with
    {
        StartedAt = null,
        AttemptsBefore = AttemptNumber,
        Interruptions = Interruptions + 1,
        Attempt = Attempt! with { IsOver = true, Error = error },
    };

    private Generation GiveUp(GenerationError error, DateTimeOffset now) => Change(now) with
    {
        Status = GenerationStatus.Failed,
        Error = error,
        Attempt = Attempt! with { IsOver = true, Error = error },
    };

    /// <summary>The last part of every transition: adds the log line for the new version.</summary>
    private Generation WithLine(LogKind kind, GenerationError? error = null, string? detail = null) =>
        this with { Log = Log.Add(new LogLine(Version, UpdatedAt, kind, Status, AttemptNumber, error, detail)) };

    private Generation Change(DateTimeOffset now) => this with { Version = Version + 1, UpdatedAt = now };
}
