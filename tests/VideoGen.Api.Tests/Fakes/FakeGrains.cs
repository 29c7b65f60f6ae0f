using VideoGen.Grains.Contracts;

namespace VideoGen.Api.Tests.Fakes;

internal sealed class FakeGeneration(FakeCluster cluster, string id) : IGenerationGrain
{
    public Task<SubmitReply> SubmitAsync(GenerationRequest request) => cluster.Answer(() => cluster.Submit(id, request));

    public Task<GenerationSnapshot?> GetAsync() => cluster.Answer(() => cluster.Find(id));

    public Task<LoggedGeneration?> GetLogAsync() => cluster.Answer(() => cluster.FindLogged(id));

    public Task<GenerationSnapshot?> RetryAsync() => cluster.Answer(() => cluster.Retry(id));

    public Task PokeAsync() => throw new NotSupportedException();

    public Task<bool> NeedsSlotAsync() => throw new NotSupportedException();
}

internal sealed class FakeHistory(FakeCluster cluster) : IHistoryGrain
{
    public Task<HistoryPage> GetPageAsync(long? before, int limit) => cluster.Answer(() => cluster.Page(before, limit));

    public Task<HistoryEntry> AppendAsync(string generationId) => throw new NotSupportedException();

    public Task RemoveAsync(string generationId, long? place) => throw new NotSupportedException();
}

internal static class FakeAnswers
{
    public static Task<T> Answer<T>(this FakeCluster cluster, Func<T> answer) =>
        cluster.Trouble is { } trouble ? Task.FromException<T>(trouble) : Task.FromResult(answer());
}
