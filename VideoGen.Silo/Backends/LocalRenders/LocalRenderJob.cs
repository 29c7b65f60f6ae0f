using System.Diagnostics.CodeAnalysis;
using VideoGen.Grains.Backends;

namespace VideoGen.Silo.Backends.LocalRenders;

/// <summary>One render of this process: its state, who waits for news of it, and the way to stop it.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Holds no timer and no wait handle, and a cancel may come after the end.")]
internal sealed class LocalRenderJob(RenderRequest order, LocalRender render) : IProgress<double>
{
    // Tools report many times a second; whoever waits for news is woken for a visible step only.
    private const double VisibleStep = 0.01;

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _cancellation = new();
    private TaskCompletionSource _changed = NewSignal();
    private LocalRenderState _state = new LocalRenderState.Waiting();

    public RenderRequest Order { get; } = order;

    public LocalRender Render { get; } = render;

    /// <summary>The timestamp of its end, set before the state tells of it.</summary>
    public long EndedAt { get; private set; }

    /// <summary>Canceled when somebody asked for the end of this job.</summary>
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

    /// <summary>Waits for the next change of the state; not at all when it is over, nor longer than patience lasts.</summary>
    public async Task<LocalRenderState> NextStateAsync(TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
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

        await changed.WaitAsync(patience, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing
            | ConfigureAwaitOptions.ContinueOnCapturedContext);
        cancellationToken.ThrowIfCancellationRequested();
        return State;
    }

    /// <summary>Goes from waiting to running; false when it was canceled in the meantime.</summary>
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

    /// <summary>Asks for the end. A job that has not begun is over at once, a running one when its render has stopped.</summary>
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

    // Waiters are grains and requests: their continuations must not run on the thread that renders.
    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
