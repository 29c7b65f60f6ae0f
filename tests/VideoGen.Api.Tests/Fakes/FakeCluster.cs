using System.Collections.Concurrent;
using System.Collections.Immutable;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Characters;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.History;
using VideoGen.Grains.Idempotency;
using VideoGen.Grains.Storyboards.Contract;
using VideoGen.Grains.Webhooks;

namespace VideoGen.Api.Tests.Fakes;

/// <summary>A cluster of two grains in memory, which can be told to be full or out of order.</summary>
internal sealed class FakeCluster : IGrainFactory
{
    private readonly ConcurrentDictionary<string, GenerationSnapshot> _generations = new();
    private readonly ConcurrentDictionary<string, GenerationLog> _logs = new();
    private readonly List<HistoryEntry> _history = [];
    private readonly Lock _gate = new();

    /// <summary>What the API asked for, newest last.</summary>
    public ConcurrentQueue<GenerationRequest> Requests { get; } = new();

    /// <summary>The idempotency keys that were used, by the key of their grain.</summary>
    public ConcurrentDictionary<string, (string Fingerprint, string Id)> Keys { get; } = new();

    /// <summary>The requests without a key of clients that repeat by themselves.</summary>
    public ConcurrentQueue<UnkeyedRequest> Reserved { get; } = new();

    /// <summary>When set, their submits wait for it.</summary>
    public TaskCompletionSource? HoldSubmits { get; set; }

    /// <summary>What became of their responses.</summary>
    public ConcurrentQueue<(string Id, bool IsSent)> Ended { get; } = new();

    /// <summary>What was deleted whether or not it had ended.</summary>
    public ConcurrentQueue<string> Discarded { get; } = new();

    /// <summary>What was delivered, by the id of the generation.</summary>
    public ConcurrentDictionary<string, WebhookLog> Webhooks { get; } = new();

    /// <summary>The models that can be ordered, the default first.</summary>
    public ImmutableArray<OfferedModel> Models { get; set; } =
    [
        new("preview", "Preview", null, "preview", IsDefault: true, IsPreview: true, [], null, null),
    ];

    /// <summary>The characters of all owners.</summary>
    public ConcurrentDictionary<string, CharacterSnapshot> Characters { get; } = new();

    /// <summary>The storyboards of all owners.</summary>
    public ConcurrentDictionary<string, StoryboardSnapshot> Storyboards { get; } = new();

    /// <summary>Uploads that nobody can hold any more.</summary>
    public ConcurrentDictionary<string, bool> Doomed { get; } = new();

    /// <summary>When set, the queue is full.</summary>
    public TimeSpan? RetryAfter { get; set; }

    /// <summary>How the limits of every owner stand, and which one is reached.</summary>
    public QuotaReply? Allowance { get; set; }

    /// <summary>When set, every call fails with it.</summary>
    public Exception? Trouble { get; set; }

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable => (TGrainInterface)Make(typeof(TGrainInterface), grainId.Key.ToString()!);

    public GenerationSnapshot? Find(string id) => _generations.GetValueOrDefault(id);

    public LoggedGeneration? FindLogged(string id) =>
        Find(id) is { } generation ? new(generation, _logs.GetValueOrDefault(id) ?? new GenerationLog()) : null;

    public void Put(GenerationSnapshot generation) => _generations[generation.Id] = generation;

    /// <summary>The generation with what happened to it.</summary>
    public void Put(GenerationSnapshot generation, GenerationLog log)
    {
        _logs[generation.Id] = log;
        Put(generation);
    }

    public void Forget(string id) => _generations.TryRemove(id, out _);

    public SubmitReply Submit(string id, GenerationRequest request)
    {
        if (RetryAfter is { } pause)
        {
            return new SubmitReply(null, pause);
        }

        if (Allowance?.Refusal is { } refusal)
        {
            return new SubmitReply(null, refusal.Reset, Allowance);
        }

        Requests.Enqueue(request);
        Put(Snapshots.Pending(id, request));
        Append(id);
        return new SubmitReply(Find(id), null, Allowance);
    }

    public SubmitReply OrderAgain(string id) => Allowance?.Refusal is { } refusal
        ? new SubmitReply(null, refusal.Reset, Allowance)
        : new SubmitReply(Retry(id), null, Allowance);

    public GenerationSnapshot? Retry(string id)
    {
        Put(Find(id)! with { Status = GenerationStatus.Pending, Error = null });
        return Find(id);
    }

    public GenerationSnapshot? Cancel(string id)
    {
        if (Find(id) is { Status: GenerationStatus.Pending or GenerationStatus.Processing } running)
        {
            Put(running with { Stage = GenerationStage.Canceling, Cancellation = new Cancellation(Snapshots.Created) });
        }

        return Find(id);
    }

    public DeleteOutcome Delete(string id)
    {
        switch (Find(id)?.Status)
        {
            case null:
                return DeleteOutcome.Unknown;
            case GenerationStatus.Pending or GenerationStatus.Processing:
                return DeleteOutcome.StillRunning;
            default:
                Forget(id);
                return DeleteOutcome.Deleted;
        }
    }

    /// <summary>What is unfinished is canceled, and nobody sees it any more.</summary>
    public DeleteOutcome Discard(string id)
    {
        if (Find(id) is null)
        {
            return DeleteOutcome.Unknown;
        }

        Discarded.Enqueue(id);
        Forget(id);
        return DeleteOutcome.Deleted;
    }

    public void Append(string id, DateTimeOffset? at = null)
    {
        lock (_gate)
        {
            _history.Add(new HistoryEntry((_history.LastOrDefault()?.Place ?? 0) + 1, id, at ?? Snapshots.Created));
        }
    }

    /// <summary>Deletes a generation with its entry, as the real ones do.</summary>
    public void Remove(string id)
    {
        Forget(id);
        lock (_gate)
        {
            _history.RemoveAll(entry => entry.GenerationId == id);
        }
    }

    public HistoryPage Page(string owner, long? before, int limit)
    {
        lock (_gate)
        {
            var older = _history.AsEnumerable().Reverse().Where(entry => before is null || entry.Place < before)
                .Where(entry => Find(entry.GenerationId) is not { } generation || generation.Request.Owner == owner).ToList();
            var page = older.Take(limit).ToList();
            return new HistoryPage(page, older.Count > page.Count ? page[^1].Place : null);
        }
    }

    public TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithGuidKey => throw new NotSupportedException();

    public TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerKey => throw new NotSupportedException();

    public TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string keyExtension, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithGuidCompoundKey => throw new NotSupportedException();

    public TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string keyExtension, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerCompoundKey => throw new NotSupportedException();

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey => throw new NotSupportedException();

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver => throw new NotSupportedException();

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver => throw new NotSupportedException();

    public IGrain GetGrain(Type grainInterfaceType, Guid grainPrimaryKey) => throw new NotSupportedException();

    public IGrain GetGrain(Type grainInterfaceType, long grainPrimaryKey) => throw new NotSupportedException();

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) => throw new NotSupportedException();

    public IGrain GetGrain(Type grainInterfaceType, Guid grainPrimaryKey, string keyExtension) =>
        throw new NotSupportedException();

    public IGrain GetGrain(Type grainInterfaceType, long grainPrimaryKey, string keyExtension) =>
        throw new NotSupportedException();

    public IAddressable GetGrain(GrainId grainId) => throw new NotSupportedException();

    public IAddressable GetGrain(GrainId grainId, GrainInterfaceType interfaceType) => throw new NotSupportedException();

    public IAddressable GetGrain(Type interfaceType, IdSpan grainKey, string grainClassNamePrefix) =>
        throw new NotSupportedException();

    public IAddressable GetGrain(Type interfaceType, IdSpan grainKey) => throw new NotSupportedException();

    private object Make(Type grain, string key) =>
        grain == typeof(IGenerationGrain) ? new FakeGeneration(this, key)
        : grain == typeof(IGenerationPageGrain) ? new FakePages(this)
        : grain == typeof(IHistoryGrain) ? new FakeHistory(this, key)
        : grain == typeof(IIdempotencyGrain) ? new FakeIdempotency(this, key)
        : grain == typeof(IUnkeyedRequestsGrain) ? new FakeUnkeyedRequests(this)
        : grain == typeof(IWebhookGrain) ? new FakeWebhook(this, key)
        : grain == typeof(IUploadsGrain) ? new FakeUploads(this)
        : grain == typeof(IUpstreamsGrain) ? new FakeUpstreams(this)
        : grain == typeof(ICharacterGrain) || grain == typeof(ICharacterPageGrain) ? new FakeCharacter(this, key)
        : grain == typeof(IStoryboardGrain) || grain == typeof(IStoryboardPageGrain) ? new FakeStoryboard(this, key)
        : throw new NotSupportedException(grain.Name);
}
