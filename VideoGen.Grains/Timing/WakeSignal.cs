namespace VideoGen.Grains.Timing;

/// <summary>Ends a wait of the loop early. A signal that is set while nothing waits ends the next wait.</summary>
internal sealed class WakeSignal(TimeProvider time)
{
    private TaskCompletionSource _signal = New();

    public bool IsSet => _signal.Task.IsCompleted;

    public void Set() => _signal.TrySetResult();

    /// <summary>
    /// Waits until the signal is set, <paramref name="stop"/> is canceled or the time has passed; throws when stopped.
    /// </summary>
    public async Task WaitAsync(TimeSpan delay, CancellationToken stop)
    {
        if (delay > TimeSpan.Zero)
        {
            await _signal.Task.WaitAsync(delay, time, stop)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            Reset();
        }

        stop.ThrowIfCancellationRequested();
    }

    /// <summary>Forgets a signal that was set, because what it announced is about to be read.</summary>
    public void Reset() => _signal = IsSet ? New() : _signal;

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
