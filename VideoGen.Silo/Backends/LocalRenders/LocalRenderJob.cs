using System.Diagnostics.CodeAnalysis;
using VideoGen.Grains.Backends;

namespace VideoGen.Silo.Backends.LocalRenders;

/// <summary>One render of this process: its state, its waiters, and its cancellation.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Holds no timer and no wait handle, and a cancel may come after the end.")]
internal sealed class LocalRenderJob(RenderRequest request, LocalRender render) : IProgress<double>
{
    // Tools report many times a second; waiters are woken only for a visible step.
    private const double VisibleStep = 0.01;

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _cancellation = new();
    private TaskCompletionSource _changed = NewSignal();
    private LocalRenderState _state = new LocalRenderState.Waiting();

    public RenderRequest Request { get; } = request;

    public LocalRender Render { get; } = render;

    /// <summary>The timestamp of its end, set before the state changes.</summary>
    public long EndedAt { get; private set; }

    /// <summary>Canceled when this job was asked to stop.</summary>
    public CancellationToken CancelRequested => _cancellation.Token;

    public LocalRenderState State
    {
        get
        {
            lock (_lock)
            {
                return _state;
            }
        }
    }

    /// <summary>Waits for the next state change, at most for the timeout, and not at all when the job has ended.</summary>
    public async Task<LocalRenderState> NextStateAsync(TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        Task changed;
        lock (_lock)
        {
            if (_state.IsOver)
            {
                return _state;
            }

            changed = _changed.Task;
        }

        await changed.WaitAsync(timeout, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing
            | ConfigureAwaitOptions.ContinueOnCapturedContext);
        cancellationToken.ThrowIfCancellationRequested();
        return State;
    }

    /// <summary>Moves from waiting to running; false when the job was canceled in the meantime.</summary>
    public bool TryBegin() => TryMove(state => state is LocalRenderState.Waiting ? new LocalRenderState.Running(null) : null);

    public void End(LocalRenderState final, long timestamp)
    {
        EndedAt = timestamp;
        TryMove(state => state.IsOver ? null : final);
    }

    public void Report(double value) => TryMove(state =>
        state is LocalRenderState.Running { Progress: var before } && value - (before ?? -1) >= VisibleStep
            ? new LocalRenderState.Running(Math.Clamp(value, 0, 1))
            : null);

    /// <summary>Asks the job to stop. A job that has not begun ends at once, a running one when its render has stopped.</summary>
    public async Task CancelAsync()
    {
        await _cancellation.CancelAsync();
        TryMove(state => state is LocalRenderState.Waiting ? new LocalRenderState.Canceled() : null);
    }

    private bool TryMove(Func<LocalRenderState, LocalRenderState?> move)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            if (move(_state) is not { } next)
            {
                return false;
            }

            (_state, changed, _changed) = (next, _changed, NewSignal());
        }

        changed.TrySetResult();
        return true;
    }

    // Waiters are grains and requests: their continuations must not run on the rendering thread.
    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
