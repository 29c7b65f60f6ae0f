using Orleans.Serialization;
using StackExchange.Redis;
using VideoGen.Api.Subscriptions;
using VideoGen.Grains.Notifications;
using VideoGen.Silo.Notifications;
using VideoGen.Silo.Redis;

namespace VideoGen.Api.Cluster;

/// <summary>
/// Subscribes to the channel of every owner with a subscription in this process. Delivery is at most once: when messages may have
/// been lost, it subscribes again, and after Redis has confirmed that, the subscribed generations are read again.
/// </summary>
internal sealed partial class RedisSubscriptions(
    [FromKeyedServices(RedisConnection.Key)] IConnectionMultiplexer redis, NotificationChannels channels,
    SubscriptionHub hub, ClusterConnection cluster, Serializer serializer, TimeProvider time,
    ILogger<RedisSubscriptions> logger) : BackgroundService
{
    /// <summary>
    /// The delay between two attempts to subscribe, and the minimum time between two rereads, which several silos may request at
    /// once.
    /// </summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private const int AtOnce = 256;

    /// <summary>
    /// The maximum number of queued messages. Beyond it this process is too slow, and a reread costs less than all messages.
    /// </summary>
    private const int MaxQueued = 10_000;

    private readonly HashSet<string> _subscribed = new(StringComparer.Ordinal);
    private readonly Signal _changed = SignalOf(hub);
    private volatile bool _isBroken = true;
    private volatile bool _needsReread;
    private long? _lastReread;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        redis.ConnectionFailed += OnConnectionFailed;
        cluster.SiloLost += RequestReread;
        try
        {
            while (true)
            {
                _changed.Reset();
                var isComplete = await SubscribeAsync();
                RereadWhenDue();
                await _changed.WaitAsync(isComplete && !_needsReread ? Timeout.InfiniteTimeSpan : Pause, time, stoppingToken);
            }
        }
        finally
        {
            redis.ConnectionFailed -= OnConnectionFailed;
            cluster.SiloLost -= RequestReread;
        }
    }

    /// <summary>Created before the first request, which can arrive before this service runs.</summary>
    private static Signal SignalOf(SubscriptionHub hub)
    {
        var signal = new Signal();
        hub.OwnersChanged = signal.Set;
        return signal;
    }

    private void OnConnectionFailed(object? sender, ConnectionFailedEventArgs connection)
    {
        _isBroken = true;
        _changed.Set();
    }

    private void RequestReread()
    {
        _needsReread = true;
        _changed.Set();
    }

    private void RereadWhenDue()
    {
        if (_needsReread && (_lastReread is not { } last || time.GetElapsedTime(last) >= Pause))
        {
            (_needsReread, _lastReread) = (false, time.GetTimestamp());
            hub.Missed();
        }
    }

    /// <summary>Returns whether all owners with subscriptions are subscribed.</summary>
    private async Task<bool> SubscribeAsync()
    {
        if (_isBroken)
        {
            _isBroken = false;    // set first, so that a failure during the attempt is not missed
            _subscribed.ToList().ForEach(Close);
            if (!await TryAsync(channels.Everybody, _ => RequestReread()))
            {
                _isBroken = true;
                return false;
            }
        }

        var wanted = hub.Owners.ToHashSet(StringComparer.Ordinal);
        _subscribed.Except(wanted).ToList().ForEach(Close);
        _subscribed.ToList().ForEach(hub.Connected);
        foreach (var owners in wanted.Except(_subscribed).Chunk(AtOnce))
        {
            var isOpen = await Task.WhenAll(owners.Select(OpenAsync));
            _subscribed.UnionWith(owners.Where((_, index) => isOpen[index]));
        }

        return wanted.IsSubsetOf(_subscribed);
    }

    private async Task<bool> OpenAsync(string owner)
    {
        hub.Disconnected(owner);    // until Redis confirms the subscription
        var isOpen = await TryAsync(channels.Of(owner), Read);
        if (isOpen)
        {
            hub.Connected(owner);
        }

        return isOpen;
    }

    /// <summary>Not awaited: if the connection breaks, the subscription ends with it.</summary>
    private void Close(string owner)
    {
        _subscribed.Remove(owner);
        redis.GetSubscriber().Unsubscribe(channels.Of(owner), flags: CommandFlags.FireAndForget);
    }

    private async Task<bool> TryAsync(RedisChannel channel, Action<ChannelMessage> read)
    {
        var subscriber = redis.GetSubscriber();
        try
        {
            subscriber.Unsubscribe(channel, flags: CommandFlags.FireAndForget);    // removes the remains of a failed attempt
            var queue = await subscriber.SubscribeAsync(channel);
            queue.OnMessage(message => ReadOrSkip(queue, message, read));
            return true;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            LogNotSubscribed(exception);
            return false;
        }
    }

    private void ReadOrSkip(ChannelMessageQueue queue, ChannelMessage message, Action<ChannelMessage> read)
    {
        if (queue.TryGetCount(out var queued) && queued > MaxQueued)
        {
            RequestReread();
        }
        else
        {
            read(message);
        }
    }

    private void Read(ChannelMessage message)
    {
        try
        {
            foreach (var item in serializer.Deserialize<GenerationNotification[]>((byte[])message.Message!) ?? [])
            {
                hub.Publish(item);
            }
        }
        catch (Exception exception)
        {
            // Whatever the cause, for example a message from another build, the content can be read from the grain.
            LogUnreadable(exception);
            RequestReread();
        }
    }

    [LoggerMessage(LogLevel.Warning, "Cannot subscribe to Redis yet; retrying")]
    private partial void LogNotSubscribed(Exception exception);

    [LoggerMessage(LogLevel.Error, "Cannot read a notification; subscribed generations are read again")]
    private partial void LogUnreadable(Exception exception);
}
