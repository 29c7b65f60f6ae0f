using System.Collections.Immutable;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.History;
using VideoGen.Grains.Idempotency;
using VideoGen.Grains.RenderSlots;
using VideoGen.Grains.Retention;
using VideoGen.Grains.Webhooks;

namespace VideoGen.Api.Tests.Fakes;

internal sealed class FakeGeneration(FakeCluster cluster, string id) : IGenerationGrain
{
    public Task<SubmitReply> SubmitAsync(GenerationRequest request) => cluster.Answer(() => cluster.Submit(id, request));

    public Task<GenerationSnapshot?> GetAsync() => cluster.Answer(() => cluster.Find(id));

    public Task<LoggedGeneration?> GetLogAsync() => cluster.Answer(() => cluster.FindLogged(id));

    public Task<GenerationSnapshot?> RetryAsync() => cluster.Answer(() => cluster.Retry(id));

    public Task<SubmitReply?> OrderAgainAsync() => cluster.Answer<SubmitReply?>(() => cluster.OrderAgain(id));

    public Task<bool> IsUnfinishedAsync() => throw new NotSupportedException();

    public Task<GenerationSnapshot?> CancelAsync() => cluster.Answer(() => cluster.Cancel(id));

    public Task<DeleteOutcome> DeleteAsync() => cluster.Answer(() => cluster.Delete(id));

    public Task<DeleteOutcome> DiscardAsync() => cluster.Answer(() => cluster.Discard(id));

    public Task PokeAsync() => throw new NotSupportedException();

    public Task<bool> NeedsSlotAsync() => throw new NotSupportedException();

    public Task<bool> NeedsSlotOfAsync(string upstream) => throw new NotSupportedException();

    public Task<KeptMedia?> GetKeptAsync() => throw new NotSupportedException();

    public Task<bool> ExpireAsync(ExpiryReason reason) => throw new NotSupportedException();
}

internal sealed class FakeHistory(FakeCluster cluster, string owner) : IHistoryGrain
{
    public Task<HistoryPage> GetPageAsync(long? before, int limit) => cluster.Answer(() => cluster.Page(owner, before, limit));

    public Task<HistoryEntry> AppendAsync(string generationId) => throw new NotSupportedException();

    public Task RemoveAsync(string generationId, long? place) => throw new NotSupportedException();

    public Task<HistoryChunkReply> GetStretchAsync(long number) => throw new NotSupportedException();
}

internal sealed class FakeUpstreams(FakeCluster cluster) : IUpstreamsGrain
{
    public Task<ImmutableArray<PausedUpstream>> GetPausesAsync() =>
        cluster.Answer(() => ImmutableArray<PausedUpstream>.Empty);

    public Task<ImmutableArray<OfferedModel>> GetModelsAsync() => cluster.Answer(() => cluster.Models);

    public Task<ImmutableArray<UpstreamUsage>> GetUsageAsync(ImmutableArray<string> upstreams) =>
        throw new NotSupportedException();
}

internal sealed class FakeUploads(FakeCluster cluster) : IUploadsGrain
{
    public Task<bool> HoldAsync(string name) => cluster.Answer(() => !cluster.Doomed.ContainsKey(name));

    public Task<CondemnedUploads> GetAsync() => throw new NotSupportedException();

    public Task CondemnAsync(IReadOnlyList<string> names) => throw new NotSupportedException();

    public Task<IReadOnlyList<string>> DoomAsync(IReadOnlyList<string> names) => throw new NotSupportedException();

    public Task ForgetAsync(IReadOnlyList<string> names) => throw new NotSupportedException();

    public Task DoneAsync() => throw new NotSupportedException();
}

internal sealed class FakeWebhook(FakeCluster cluster, string id) : IWebhookGrain
{
    public Task<WebhookLog?> GetAsync() => cluster.Answer(() => cluster.Webhooks.GetValueOrDefault(id));

    public Task<WebhookLog?> ReplayAsync() => cluster.Answer(() => cluster.Webhooks.TryGetValue(id, out var log)
        ? cluster.Webhooks[id] = log with { Deliveries = [log.Deliveries[^1] with { Standing = WebhookStatus.Pending }] }
        : null);

    public Task DeliverAsync(WebhookOrder order) => throw new NotSupportedException();

    public Task ForgetAsync() => throw new NotSupportedException();
}

internal sealed class FakePages(FakeCluster cluster) : IGenerationPageGrain
{
    public Task<GenerationPage> ReadAsync(string owner, long? before, int limit) => cluster.Answer(() =>
    {
        var page = cluster.Page(owner, before, limit);
        return new GenerationPage(
            [.. page.Entries.Select(entry => new PlacedGeneration(entry.Place, cluster.Find(entry.GenerationId)))], page.Next);
    });
}

/// <summary>What the real one promises, without its durability.</summary>
internal sealed class FakeIdempotency(FakeCluster cluster, string key) : IIdempotencyGrain
{
    public Task<KeyedReply> FindAsync(string fingerprint) => cluster.Answer(() => Find(fingerprint));

    public Task<KeyedReply> SubmitAsync(string fingerprint, GenerationRequest request) => throw new NotSupportedException();

    public Task<KeyedReply> SubmitAsAsync(string fingerprint, string id, GenerationRequest request) => cluster.Answer(() =>
    {
        var known = Find(fingerprint);
        if (known.Standing is not KeyStatus.New)
        {
            return known;
        }

        var reply = cluster.Submit(id, request);
        if (reply.Generation is not null)
        {
            cluster.Keys[key] = (fingerprint, id);
        }

        return new KeyedReply(KeyStatus.New, id, reply.Generation, reply.RetryAfter, reply.Allowance);
    });

    private KeyedReply Find(string fingerprint) => !cluster.Keys.TryGetValue(key, out var known) ? new KeyedReply(KeyStatus.New)
        : known.Fingerprint != fingerprint ? new KeyedReply(KeyStatus.OtherBody)
        : new KeyedReply(KeyStatus.Replayed, known.Id, cluster.Find(known.Id));

    public Task<KeyedReply> ReserveAsync(string fingerprint, string id) => throw new NotSupportedException();

    public Task AcceptAsync() => throw new NotSupportedException();
}

/// <summary>Takes every request for a new one; the decisions of the real one are tested with it.</summary>
internal sealed class FakeUnkeyedRequests(FakeCluster cluster) : IUnkeyedRequestsGrain
{
    public Task<KeyedReply> ReserveAsync(UnkeyedRequest request) => cluster.Answer(() =>
    {
        cluster.Reserved.Enqueue(request);
        return new KeyedReply(KeyStatus.New, request.Id);
    });

    public async Task<KeyedReply> SubmitAsync(string generationId, GenerationRequest request)
    {
        await (cluster.HoldSubmits?.Task ?? Task.CompletedTask);
        return await cluster.Answer(() =>
        {
            var reply = cluster.Submit(generationId, request);
            return new KeyedReply(KeyStatus.New, generationId, reply.Generation, reply.RetryAfter, reply.Allowance);
        });
    }

    public Task EndedAsync(string generationId, string requestId, bool isAccepted, bool isSent)
    {
        cluster.Ended.Enqueue((generationId, isSent));
        return Task.CompletedTask;
    }
}

internal static class FakeAnswers
{
    public static Task<T> Answer<T>(this FakeCluster cluster, Func<T> answer) =>
        cluster.Trouble is { } trouble ? Task.FromException<T>(trouble) : Task.FromResult(answer());
}
