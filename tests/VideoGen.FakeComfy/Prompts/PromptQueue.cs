using VideoGen.FakeComfy.Books;

namespace VideoGen.FakeComfy.Prompts;

/// <summary>
/// The queue, the one run that has the GPU, and the history, all in memory: when the server dies, <see cref="Die"/> forgets them.
/// </summary>
internal sealed class PromptQueue(ComfyBooks books) : IDisposable
{
    private const int QueueCapacity = 100_000;

    private readonly Lock _gate = new();
    private readonly List<Run> _pending = [];
    private readonly SemaphoreSlim _arrivals = new(0);
    private Run? _running;
    private CancellationTokenSource? _interrupt;
    private bool _interrupted;
    private bool _dead;

    /// <summary>The runs that ended.</summary>
    public RunHistory History { get; } = new();

    public (Run? Running, IReadOnlyList<Run> Pending) Current
    {
        get
        {
            lock (_gate)
            {
                return (_running, [.. _pending]);
            }
        }
    }

    public int Remaining
    {
        get
        {
            lock (_gate)
            {
                return _pending.Count + (_running is null ? 0 : 1);
            }
        }
    }

    /// <summary>Queues a run by its number; false when the server is dead.</summary>
    public bool TryPut(Run run)
    {
        lock (_gate)
        {
            if (_dead || _pending.Count == QueueCapacity)
            {
                return false;
            }

            var at = _pending.FindLastIndex(other => other.Number <= run.Number) + 1;
            _pending.Insert(at, run);
            books.Add(BookEvent.Accepted, run);
        }

        _arrivals.Release();
        return true;
    }

    /// <summary>Takes the next run onto the GPU, with the token of its interruption.</summary>
    public async Task<(Run Run, CancellationToken Interrupted)> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await _arrivals.WaitAsync(cancellationToken);
            lock (_gate)
            {
                // A run that was deleted leaves its arrival behind.
                if (_pending.Count > 0 && !_dead)
                {
                    _running = _pending[0];
                    _pending.RemoveAt(0);
                    _interrupt = new();
                    _interrupted = false;
                    books.Add(BookEvent.Started, _running);
                    if (_running.IsCharged)
                    {
                        books.Add(BookEvent.Charged, _running);
                    }

                    return (_running, _interrupt.Token);
                }
            }
        }
    }

    /// <summary>
    /// Ends the running run. <paramref name="end"/> is told whether it was interrupted, and writes the file if it was not;
    /// nothing happens, and the answer is false, when the server is dead.
    /// </summary>
    public bool TryEnd(Func<bool, Ended> end)
    {
        lock (_gate)
        {
            if (_dead)
            {
                return false;
            }

            var ended = end(_interrupted);
            History.Add(ended);
            var kind = ended.Succeeded ? BookEvent.Finished : ended.WasInterrupted ? BookEvent.Interrupted : BookEvent.Failed;
            books.Add(kind, ended.Run, null, ended.File);
            _running = null;
            return true;
        }
    }

    /// <summary>Interrupts the running run if it has the id, or whatever runs where the id is null.</summary>
    public bool Interrupt(string? id)
    {
        CancellationTokenSource? interrupt;
        lock (_gate)
        {
            if (_running is null || (id is not null && _running.Id != id))
            {
                return false;
            }

            (_interrupted, interrupt) = (true, _interrupt);
        }

        // Outside the lock, since it may go on with the run here and now.
        interrupt?.Cancel();
        return true;
    }

    /// <summary>Takes the first pending run with the id out of the queue.</summary>
    public bool Delete(string id)
    {
        lock (_gate)
        {
            var at = _pending.FindIndex(run => run.Id == id);
            if (at < 0)
            {
                return false;
            }

            books.Add(BookEvent.Cancelled, _pending[at]);
            _pending.RemoveAt(at);
            return true;
        }
    }

    public void Clear()
    {
        foreach (var run in Current.Pending)
        {
            Delete(run.Id);
        }
    }

    /// <summary>Loses everything, as when the process is killed; false when that has happened already.</summary>
    public bool Die()
    {
        lock (_gate)
        {
            if (_dead)
            {
                return false;
            }

            _dead = true;
            foreach (var run in _running is null ? _pending : [_running, .. _pending])
            {
                books.Add(BookEvent.Lost, run);
            }

            _running = null;
            _pending.Clear();
            History.Clear();
            return true;
        }
    }

    public void Dispose()
    {
        _arrivals.Dispose();
        _interrupt?.Dispose();
    }
}
