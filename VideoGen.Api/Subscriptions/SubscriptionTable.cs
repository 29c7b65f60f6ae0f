using VideoGen.Grains.Notifications;

namespace VideoGen.Api.Subscriptions;

/// <summary>The subscriptions of one owner in this process. Only the hub uses it, one call at a time.</summary>
internal sealed class SubscriptionTable(TimeProvider time, TimeSpan longestRead)
{
    private readonly List<Subscription> _toAll = [];
    private readonly Dictionary<string, (List<Subscription> Subscriptions, ReadSchedule Reads)> _toOne =
        new(StringComparer.Ordinal);

    /// <summary>Whether notifications of this owner arrive.</summary>
    public bool IsConnected { get; set; }

    public bool IsEmpty => _toAll.Count == 0 && _toOne.Count == 0;

    /// <summary>
    /// The ids of the generations with a subscription of their own, plus null if there is a subscription to all.
    /// </summary>
    public IEnumerable<string?> Ids => _toAll.Count == 0 ? _toOne.Keys : _toOne.Keys.Append(null);

    public void Add(Subscription subscription)
    {
        if (subscription.Topic.GenerationId is not { } id)
        {
            _toAll.Add(subscription);
            return;
        }

        if (!_toOne.TryGetValue(id, out var one))
        {
            _toOne.Add(id, one = ([], new ReadSchedule(time, longestRead)));
        }

        one.Subscriptions.Add(subscription);
        one.Reads.Soon();
    }

    public void Remove(Subscription subscription)
    {
        if (subscription.Topic.GenerationId is not { } id)
        {
            _toAll.Remove(subscription);
        }
        else if (_toOne.TryGetValue(id, out var one) && one.Subscriptions.Remove(subscription) && one.Subscriptions.Count == 0)
        {
            _toOne.Remove(id);
        }
    }

    /// <summary>Delivers a notification from a silo.</summary>
    public void Publish(GenerationNotification item)
    {
        Found(item);
        _toAll.ForEach(subscription => subscription.Post(item));
    }

    /// <summary>Delivers the result of a read, which is not a change.</summary>
    public void Found(GenerationNotification item)
    {
        if (_toOne.TryGetValue(item.GenerationId, out var one))
        {
            one.Subscriptions.ForEach(subscription => subscription.Post(item));
        }
    }

    /// <summary>
    /// Schedules an immediate read for subscriptions to one generation, and tells subscriptions to all to reload the list.
    /// </summary>
    public void Miss()
    {
        _toAll.ForEach(subscription => subscription.Miss());
        foreach (var (_, reads) in _toOne.Values)
        {
            reads.Now();
        }
    }

    /// <summary>Returns the generations to read now, and schedules their next read.</summary>
    public IEnumerable<string> TakeDue()
    {
        foreach (var (id, (_, reads)) in _toOne.Where(one => one.Value.Reads.IsDue))
        {
            reads.Later();
            yield return id;
        }
    }
}
