using VideoGen.Grains.Notifications;

namespace VideoGen.Api.Subscriptions;

/// <summary>The subscriptions of one owner in this process. Only its hub uses it, one call at a time.</summary>
internal sealed class SubscriptionTable(TimeProvider time, TimeSpan longestRead)
{
    private readonly List<Subscription> _toAll = [];
    private readonly Dictionary<string, (List<Subscription> Subscriptions, ReadSchedule Reads)> _toOne =
        new(StringComparer.Ordinal);

    /// <summary>Whether what is published of this owner arrives here.</summary>
    public bool IsConnected { get; set; }

    public bool IsEmpty => _toAll.Count == 0 && _toOne.Count == 0;

    /// <summary>The ids of the generations with a subscription of their own, and null when there is one to all.</summary>
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

    /// <summary>Passes on what a silo published.</summary>
    public void Publish(GenerationNotification item)
    {
        Found(item);
        _toAll.ForEach(subscription => subscription.Post(item));
    }

    /// <summary>Passes on what a read found, which is no change.</summary>
    public void Found(GenerationNotification item)
    {
        if (_toOne.TryGetValue(item.GenerationId, out var one))
        {
            one.Subscriptions.ForEach(subscription => subscription.Post(item));
        }
    }

    /// <summary>Who watches one generation has it read now, and who watches all of them has to load the list again.</summary>
    public void Miss()
    {
        _toAll.ForEach(subscription => subscription.Miss());
        foreach (var (_, reads) in _toOne.Values)
        {
            reads.Now();
        }
    }

    /// <summary>The generations to be read now; each is due again later.</summary>
    public IEnumerable<string> TakeDue()
    {
        foreach (var (id, (_, reads)) in _toOne.Where(one => one.Value.Reads.IsDue))
        {
            reads.Later();
            yield return id;
        }
    }
}
