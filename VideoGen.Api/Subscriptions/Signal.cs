namespace VideoGen.Api.Subscriptions;

/// <summary>Wakes the one who waits for it, also when it was set before the wait began.</summary>
internal sealed class Signal
{
    private volatile TaskCompletionSource _set = New();

    public void Set() => _set.TrySetResult();

    /// <summary>Call it before looking at what the signal stands for: what is set from here on ends the next wait.</summary>
    public void Reset() => _set = New();

    /// <summary>Whether it was set before the time ran out.</summary>
    public async Task<bool> WaitAsync(TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        var set = _set.Task;
        await set.WaitAsync(patience, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        return set.IsCompleted;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
