namespace VideoGen.Api.Subscriptions;

/// <summary>Wakes a waiter, also if it was set before the wait began.</summary>
internal sealed class Signal
{
    private volatile TaskCompletionSource _set = New();

    public void Set() => _set.TrySetResult();

    /// <summary>Call this before reading the guarded state: every later set ends the next wait.</summary>
    public void Reset() => _set = New();

    /// <summary>Returns whether the signal was set before the timeout.</summary>
    public async Task<bool> WaitAsync(TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        var set = _set.Task;
        await set.WaitAsync(timeout, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        return set.IsCompleted;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
