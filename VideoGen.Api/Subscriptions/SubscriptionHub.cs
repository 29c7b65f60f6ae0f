using Microsoft.Extensions.Options;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Notifications;

namespace VideoGen.Api.Subscriptions;

/// <summary>
/// The subscriptions of this process. Notifications arrive as changes happen. Because any of them may be lost, generations with a
/// subscription of their own are also read periodically, and subscriptions to all generations of an owner are told when some may
/// be missing.
/// </summary>
internal sealed class SubscriptionHub(IOptions<EventOptions> options, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, SubscriptionTable> _owners = new(StringComparer.Ordinal);

    /// <summary>
    /// Called when an owner gets its first subscription or loses its last. A source of notifications outside this process then
    /// calls <see cref="Connected"/>. Null if all notifications come from this process.
    /// </summary>
    public Action? OwnersChanged { get; set; }

    /// <summary>All topics with subscriptions.</summary>
    public IReadOnlyList<Topic> Topics
    {
        get
        {
            lock (_gate)
            {
                return [.. _owners.SelectMany(owner => owner.Value.Ids.Select(id => new Topic(owner.Key, id)))];
            }
        }
    }

    /// <summary>All owners with subscriptions.</summary>
    public IReadOnlyList<string> Owners
    {
        get
        {
            lock (_gate)
            {
                return [.. _owners.Keys];
            }
        }
    }

    /// <summary>
    /// Starts a subscription, which ends when it is disposed. A subscription to all generations of an owner reports missed
    /// notifications as soon as no further one can be missed.
    /// </summary>
    public Subscription Subscribe(Topic topic)
    {
        var subscription = new Subscription(topic, End);
        bool isNew;
        lock (_gate)
        {
            isNew = !_owners.TryGetValue(topic.Owner, out var table);
            table ??= _owners[topic.Owner] =
                new SubscriptionTable(time, options.Value.ReadAgain) { IsConnected = OwnersChanged is null };
            table.Add(subscription);
            if (table.IsConnected && topic.GenerationId is null)
            {
                subscription.Miss();
            }
        }

        if (isNew)
        {
            OwnersChanged?.Invoke();
        }

        return subscription;
    }

    /// <summary>Delivers a notification from a silo.</summary>
    public void Publish(GenerationNotification item)
    {
        lock (_gate)
        {
            _owners.GetValueOrDefault(item.Owner)?.Publish(item);
        }
    }

    /// <summary>Delivers the result of a read of a generation, or null if the generation no longer exists.</summary>
    public void Found(Topic topic, GenerationSnapshot? generation)
    {
        lock (_gate)
        {
            _owners.GetValueOrDefault(topic.Owner)?
                .Found(new GenerationNotification(topic.Owner, topic.GenerationId!, generation));
        }
    }

    /// <summary>Returns the generations to read now, and schedules their next read.</summary>
    public IReadOnlyList<Topic> TakeDue()
    {
        lock (_gate)
        {
            return [.. _owners.SelectMany(owner => owner.Value.TakeDue().Select(id => new Topic(owner.Key, id)))];
        }
    }

    /// <summary>
    /// Called when all notifications of this owner arrive from now on. Earlier ones may be missing, unless they arrived all the
    /// time.
    /// </summary>
    public void Connected(string owner)
    {
        lock (_gate)
        {
            if (_owners.GetValueOrDefault(owner) is { IsConnected: false } table)
            {
                table.IsConnected = true;
                table.Miss();
            }
        }
    }

    /// <summary>Called when no notifications of this owner arrive from now on.</summary>
    public void Disconnected(string owner)
    {
        lock (_gate)
        {
            if (_owners.GetValueOrDefault(owner) is { } table)
            {
                table.IsConnected = false;
            }
        }
    }

    /// <summary>Called when notifications of any owner may have been lost.</summary>
    public void Missed()
    {
        lock (_gate)
        {
            foreach (var table in _owners.Values)
            {
                table.Miss();
            }
        }
    }

    private void End(Subscription subscription)
    {
        var isLast = false;
        lock (_gate)
        {
            if (_owners.TryGetValue(subscription.Topic.Owner, out var table))
            {
                table.Remove(subscription);
                isLast = table.IsEmpty && _owners.Remove(subscription.Topic.Owner);
            }
        }

        if (isLast)
        {
            OwnersChanged?.Invoke();
        }
    }
}
