using VideoGen.Api.EmbeddedStore;

namespace VideoGen.Api.Tests.EmbeddedStore;

public sealed class GroupCommitTests : IDisposable
{
    private readonly Queue<TaskCompletionSource> _commits = new();
    private readonly SemaphoreSlim _begun = new(0);
    private readonly GroupCommit _group;

    public GroupCommitTests() => _group = new GroupCommit(() =>
    {
        var commit = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _commits.Enqueue(commit);
        _begun.Release();
        return commit.Task;
    });

    [Fact]
    public async Task Whoever_asks_during_a_commit_waits_for_the_next_one_and_shares_it()
    {
        var first = _group.WrittenAsync();
        var one = await BegunAsync();
        Task[] later = [_group.WrittenAsync(), _group.WrittenAsync(), _group.WrittenAsync()];

        one.SetResult();
        await first;
        var two = await BegunAsync();

        Assert.DoesNotContain(later, task => task.IsCompleted);
        two.SetResult();
        await Task.WhenAll(later);
        Assert.Empty(_commits);
    }

    [Fact]
    public async Task A_commit_that_fails_is_told_to_those_who_waited_for_it_and_not_to_the_next()
    {
        var failing = _group.WrittenAsync();
        (await BegunAsync()).SetException(new IOException("gone"));
        await Assert.ThrowsAsync<IOException>(() => failing);

        var next = _group.WrittenAsync();
        (await BegunAsync()).SetResult();
        await next;
    }

    public void Dispose() => _begun.Dispose();

    private async Task<TaskCompletionSource> BegunAsync()
    {
        await _begun.WaitAsync(TimeSpan.FromMinutes(1));
        return _commits.Dequeue();
    }
}
