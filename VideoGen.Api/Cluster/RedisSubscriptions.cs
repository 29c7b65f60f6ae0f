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
    private const int MaxWaiting = 10_000;

    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private readonly Signal _changed = SignalOf(hub);
    private volatile bool _isBroken = true;
    private volatile bool _owesLook;
    private long? _looked;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        redis.ConnectionFailed += OnConnectionFailed;
        cluster.SiloLost += OweLook;
        try
        {
            while (true)
            {
                _changed.Reset();
                var isComplete = await SubscribeAsync();
                Look();
                await _changed.WaitAsync(isComplete && !_owesLook ? Timeout.InfiniteTimeSpan : Pause, time, stoppingToken);
            }
        }
        finally
        {
            redis.ConnectionFailed -= OnConnectionFailed;
            cluster.SiloLost -= OweLook;
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

    private void OweLook()
    {
        _owesLook = true;
        _changed.Set();
    }

    private void Look()
    {
        if (_owesLook && (_looked is not { } looked || time.GetElapsedTime(looked) >= Pause))
        {
            (_owesLook, _looked) = (false, time.GetTimestamp());
            hub.Missed();
        }
    }

    /// <summary>Returns whether all owners with subscriptions are subscribed.</summary>
    private async Task<bool> SubscribeAsync()
    {
        if (_isBroken)
        {
            _isBroken = false;    // set first, so that a failure during the attempt is not missed
            _open.ToList().ForEach(Close);
            if (!await TryAsync(channels.Everybody, _ => OweLook()))
            {
                _isBroken = true;
                return false;
            }
        }

        var watched = hub.Owners.ToHashSet(StringComparer.Ordinal);
        _open.Except(watched).ToList().ForEach(Close);
        _open.ToList().ForEach(hub.Connected);
        foreach (var owners in watched.Except(_open).Chunk(AtOnce))
        {
            var isOpen = await Task.WhenAll(owners.Select(OpenAsync));
            _open.UnionWith(owners.Where((_, index) => isOpen[index]));
        }

        return watched.IsSubsetOf(_open);
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
        _open.Remove(owner);
        redis.GetSubscriber().Unsubscribe(channels.Of(owner), flags: CommandFlags.FireAndForget);
    }

    private async Task<bool> TryAsync(RedisChannel channel, Action<ChannelMessage> read)
    {
        var subscriber = redis.GetSubscriber();
        try
        {
            subscriber.Unsubscribe(channel, flags: CommandFlags.FireAndForget);    // removes the remains of a failed attempt
            var queue = await subscriber.SubscribeAsync(channel);
            queue.OnMessage(message => ReadInTime(queue, message, read));
            return true;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            LogNotSubscribed(exception);
            return false;
        }
    }

    private void ReadInTime(ChannelMessageQueue queue, ChannelMessage message, Action<ChannelMessage> read)
    {
        if (queue.TryGetCount(out var waiting) && waiting > MaxWaiting)
        {
            OweLook();
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
            OweLook();
        }
    }

    [LoggerMessage(LogLevel.Warning, "Cannot subscribe to Redis yet; retrying")]
    private partial void LogNotSubscribed(Exception exception);

    [LoggerMessage(LogLevel.Error, "Cannot read a notification; subscribed generations are read again")]
    private partial void LogUnreadable(Exception exception);
}
