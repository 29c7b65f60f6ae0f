using VideoGen.Grains.Notifications;

namespace VideoGen.Api.Subscriptions;

/// <summary>
/// What one client is still to be told. It keeps the latest of each generation, so that a slow reader misses what was in between
/// and never how things are; with more generations than fit it keeps none and says so.
/// </summary>
internal sealed class Subscription(Topic topic, Action<Subscription> end) : IDisposable
{
    private const int MaxGenerations = 1000;

    private readonly Lock _gate = new();
    private readonly Signal _arrived = new();
    private Dictionary<string, GenerationNotification> _latest = new(StringComparer.Ordinal);
    private bool _hasMissed;

    public Topic Topic => topic;

    public void Post(GenerationNotification item)
    {
        lock (_gate)
        {
            if (_latest.GetValueOrDefault(item.GenerationId)?.Generation?.Version > item.Generation?.Version)
            {
                return;    // a read that a notification has overtaken
            }

            _latest[item.GenerationId] = item;
            if (_latest.Count > MaxGenerations)
            {
                _latest.Clear();
                _hasMissed = true;
            }
        }

        _arrived.Set();
    }

    /// <summary>Something may have been lost on the way here.</summary>
    public void Miss()
    {
        lock (_gate)
        {
            _hasMissed = true;
        }

        _arrived.Set();
    }

    /// <summary>Whether something arrived before the patience ran out.</summary>
    public Task<bool> WaitAsync(TimeSpan patience, TimeProvider time, CancellationToken cancellationToken) =>
        _arrived.WaitAsync(patience, time, cancellationToken);

    /// <summary>Takes what has arrived; <paramref name="hasMissed"/> when that may not be everything.</summary>
    public IReadOnlyCollection<GenerationNotification> Take(out bool hasMissed)
    {
        lock (_gate)
        {
            var items = _latest;
            (hasMissed, _hasMissed) = (_hasMissed, false);
            _latest = new(StringComparer.Ordinal);
            _arrived.Reset();
            return items.Values;
        }
    }

    public void Dispose() => end(this);
}
