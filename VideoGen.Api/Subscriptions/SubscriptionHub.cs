using Microsoft.Extensions.Options;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Notifications;

namespace VideoGen.Api.Subscriptions;

/// <summary>
/// The subscriptions of this process. Notifications come in as things happen; because any of them may be lost, every generation
/// with a subscription is read again now and then, and whoever watches all of an owner's is told when something may be missing.
/// </summary>
internal sealed class SubscriptionHub(IOptions<EventOptions> options, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, SubscriptionTable> _owners = new(StringComparer.Ordinal);

    /// <summary>
    /// Called when an owner is newly watched, or not any more: who brings notifications from elsewhere says
    /// <see cref="Connected"/> then. Null where all of them come from this process.
    /// </summary>
    public Action? OwnersChanged { get; set; }

    /// <summary>What is watched now.</summary>
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

    /// <summary>The owners of whom something is watched now.</summary>
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
    /// Begins a subscription, which ends when it is disposed. One to all of an owner's says that something may be missing as soon
    /// as nothing can be missed any more.
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

    /// <summary>Passes on what a silo published.</summary>
    public void Publish(GenerationNotification item)
    {
        lock (_gate)
        {
            _owners.GetValueOrDefault(item.Owner)?.Publish(item);
        }
    }

    /// <summary>Passes on what a read of a watched generation found; null when it is not there any more.</summary>
    public void Found(Topic topic, GenerationSnapshot? generation)
    {
        lock (_gate)
        {
            _owners.GetValueOrDefault(topic.Owner)?.Found(new GenerationNotification(topic.Owner, topic.GenerationId!, generation));
        }
    }

    /// <summary>The watched generations that are to be read now; each is due again later.</summary>
    public IReadOnlyList<Topic> TakeDue()
    {
        lock (_gate)
        {
            return [.. _owners.SelectMany(owner => owner.Value.TakeDue().Select(id => new Topic(owner.Key, id)))];
        }
    }

    /// <summary>
    /// From here on everything of this owner arrives; what came before may be missing, unless it arrived all the time.
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

    /// <summary>From here on nothing of this owner arrives.</summary>
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

    /// <summary>What was published of anybody may not have arrived.</summary>
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
