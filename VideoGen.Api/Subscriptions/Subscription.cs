using VideoGen.Grains.Notifications;

namespace VideoGen.Api.Subscriptions;

/// <summary>
/// The pending notifications of one client. It keeps the latest one per generation, so a slow reader can miss intermediate states
/// but never the current one. With more generations than fit, it drops all and reports that it missed some.
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
                return;    // a read that is older than a notification
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

    /// <summary>Called when notifications may have been lost.</summary>
    public void Miss()
    {
        lock (_gate)
        {
            _hasMissed = true;
        }

        _arrived.Set();
    }

    /// <summary>Returns whether something arrived before the timeout.</summary>
    public Task<bool> WaitAsync(TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken) =>
        _arrived.WaitAsync(timeout, time, cancellationToken);

    /// <summary>Takes the pending notifications. <paramref name="hasMissed"/> is true if some may be missing.</summary>
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
