namespace VideoGen.Api.EmbeddedStore;

/// <summary>
/// Shares commits. A caller that arrives during a commit waits for the next one, which includes everything written before the
/// call. A busy store therefore commits as often as the disk allows, not once per record.
/// </summary>
internal sealed class GroupCommit(Func<Task> commit)
{
    private readonly Lock _gate = new();
    private Task _underWay = Task.CompletedTask;
    private Task? _next;

    /// <summary>Completes when everything written before the call is in the file.</summary>
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
