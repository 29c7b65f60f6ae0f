namespace VideoGen.Api.EmbeddedStore;

/// <summary>
/// Shares commits: whoever asks while one is under way waits for the next one, which has everything that was written before they
/// asked. So a busy store commits as often as its disk can, and not once for each record.
/// </summary>
internal sealed class GroupCommit(Func<Task> commit)
{
    private readonly Lock _gate = new();
    private Task _underWay = Task.CompletedTask;
    private Task? _next;

    /// <summary>Completes when all that was written until now is on the file.</summary>
    public Task WrittenAsync()
    {
        lock (_gate)
        {
            return _next ??= CommitNextAsync(_underWay);
        }
    }

    private async Task CommitNextAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (_gate)
        {
            (_underWay, _next) = (_next!, null);
        }

        await commit();
    }
}
