namespace VideoGen.Grains.Generations.Steps;

/// <summary>What ends a wait of the loop early. A signal that comes while nobody waits ends the next wait.</summary>
internal sealed class WakeSignal(TimeProvider time)
{
    private TaskCompletionSource _signal = New();

    public bool IsSet => _signal.Task.IsCompleted;

    public void Set() => _signal.TrySetResult();

    /// <summary>
    /// Waits for the signal, for <paramref name="stop"/>, or for the time to pass, whichever comes first; it throws on a stop.
    /// </summary>
    public async Task WaitAsync(TimeSpan delay, CancellationToken stop)
    {
        if (delay > TimeSpan.Zero)
        {
            await _signal.Task.WaitAsync(delay, time, stop)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            _signal = IsSet ? New() : _signal;
        }

        stop.ThrowIfCancellationRequested();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
