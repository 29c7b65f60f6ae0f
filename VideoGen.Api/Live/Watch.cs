using VideoGen.Grains.Ports;

namespace VideoGen.Api.Live;

/// <summary>
/// One watcher's letter box. It keeps the latest of each generation, so that a slow reader misses what was in between and never how
/// things are; with more generations than fit it keeps none and says so.
/// </summary>
internal sealed class Watch(Action<Watch> leave) : IDisposable
{
    private const int MaxGenerations = 1000;

    private readonly Lock _gate = new();
    private Dictionary<string, NewsItem> _latest = new(StringComparer.Ordinal);
    private bool _hasMissed;
    private TaskCompletionSource _arrived = NewSignal();

    public void Post(NewsItem item)
    {
        lock (_gate)
        {
            if (_latest.GetValueOrDefault(item.GenerationId)?.Generation?.Version > item.Generation?.Version)
            {
                return;    // a read that news have overtaken
            }

            _latest[item.GenerationId] = item;
            if (_latest.Count > MaxGenerations)
            {
                _latest.Clear();
                _hasMissed = true;
            }
        }

        _arrived.TrySetResult();
    }

    /// <summary>Something may have been lost on the way here.</summary>
    public void Miss()
    {
        lock (_gate)
        {
            _hasMissed = true;
        }

        _arrived.TrySetResult();
    }

    /// <summary>Whether something arrived before the patience ran out.</summary>
    public async Task<bool> WaitAsync(TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        var arrived = _arrived.Task;
        await arrived.WaitAsync(patience, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        return arrived.IsCompleted;
    }

    /// <summary>Empties the box; <paramref name="hasMissed"/> when not everything may be in it.</summary>
    public IReadOnlyCollection<NewsItem> Take(out bool hasMissed)
    {
        lock (_gate)
        {
            var items = _latest;
            (hasMissed, _hasMissed) = (_hasMissed, false);
            (_latest, _arrived) = (new(StringComparer.Ordinal), NewSignal());
            return items.Values;
        }
    }

    public void Dispose() => leave(this);

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
