using System.Collections.Immutable;
using System.Text.Json.Serialization;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Generations.Ledger;

/// <summary>
/// The stored state of one generation. Its transitions are pure methods: <see cref="RenderTransitions"/>, <see
/// cref="SteeringTransitions"/>, <see cref="ExpiryTransitions"/>, <see cref="WebhookTransitions"/>. Property names are the stored
/// contract: new ones are added, none is renamed. <see cref="Attempt"/> is the ledger of the current attempt.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.generation-state")]
internal sealed record Generation
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

    /// <summary>Since when its media are gone, and why.</summary>
    [Id(40)] public Expiry? Expiry { get; init; }

    /// <summary>Whether media may still exist although the generation is expired, because they are being removed.</summary>
    [Id(41)] public bool IsClearing { get; init; }

    /// <summary>Events up to this version were handed over to the delivery, which has stored them.</summary>
    [Id(50)] public long AnnouncedVersion { get; init; }

    /// <summary>
    /// The id of the model that was to make the video: the one that the user chose, or the default at the time; null in state of
    /// older builds.
    /// </summary>
    [Id(60)] public string? OrderedModel { get; init; }

    /// <summary>The id of the model that is tried, or made the video, in place of <see cref="OrderedModel"/>.</summary>
    [Id(61)] public string? OtherModel { get; init; }

    /// <summary>Whether it is to be deleted when it has ended; it is no longer visible.</summary>
    [Id(70)] public bool IsDiscarded { get; init; }

    /// <summary>The id of the model of the current or the next attempt; null when an older build did not store it.</summary>
    [JsonIgnore] public string? Model => OtherModel ?? OrderedModel;

    [JsonIgnore] public bool IsAccepted => Request is not null;
    [JsonIgnore] public bool IsFinished => Status.IsEnd;
    [JsonIgnore] public bool IsUnfinished => IsAccepted && !IsFinished;

    /// <summary>Whether the loop has work: a video to render, or cleanup after the end.</summary>
    [JsonIgnore] public bool HasWork => IsUnfinished || IsDeleted || IsDiscarded || IsClearing || OwesWebhooks;

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

    [JsonIgnore] public bool IsExpired => Status is GenerationStatus.Expired;

    /// <summary>The bytes of its media; unknown before the generation has ended.</summary>
    public long KeptBytes(bool keepsOriginals) =>
        IsFinished ? GenerationFiles.Held(this, keepsOriginals).Sum(file => file.Bytes) : 0;

    /// <summary>The upload that it needs; null when it needs none any more.</summary>
    [JsonIgnore] public string? HeldUpload => IsExpired || IsDeleted ? null : Request?.CharacterImage;

    /// <summary>The further pictures of its character that it needs.</summary>
    [JsonIgnore] public ImmutableArray<string> HeldReferences => HeldUpload is null ? [] : Request?.Character?.References ?? [];

    /// <summary>Whether there are events to hand over to the delivery.</summary>
    [JsonIgnore] public bool OwesWebhooks => IsFinished && !IsDeleted && Request?.WebhookUrl is not null && OwedLines.Any();

    internal IEnumerable<LogLine> OwedLines =>
        Log.Lines.Where(line => line.Version > AnnouncedVersion && line.Status.IsEnd && !line.IsNote);

    public static Generation Accept(GenerationRequest request, HistoryEntry entry, string? model = null) => new Generation
    {
        Request = request,
        OrderedModel = model,
        Place = entry.Place,
        CreatedAt = entry.AcceptedAt,
        OrderedAt = entry.AcceptedAt,
        UpdatedAt = entry.AcceptedAt,
        Version = 1,
    }.WithLine(LogKind.Accepted);

    /// <summary>Not visible, but the new ETag keeps the previous owner of the state from writing.</summary>
    public Generation TakenOver() => this with { Takeovers = Takeovers + 1 };

    /// <summary>Neither a new version nor a write: the note is stored with the next version.</summary>
    public Generation WithNote(LogKind kind, string? detail, DateTimeOffset now) =>
        this with { Log = Log.AddNote(new LogLine(Version, now, kind, Status, AttemptNumber, Detail: detail)) };

    /// <summary>The last part of every transition: adds the log line for the new version.</summary>
    internal Generation WithLine(LogKind kind, GenerationError? error = null, string? detail = null) =>
        this with { Log = Log.Add(new LogLine(Version, UpdatedAt, kind, Status, AttemptNumber, error, detail)) };

    internal Generation Change(DateTimeOffset now) => this with { Version = Version + 1, UpdatedAt = now };
}
