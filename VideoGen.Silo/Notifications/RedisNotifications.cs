using System.Threading.Channels;
using Orleans.Serialization;
using StackExchange.Redis;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Notifications;
using VideoGen.Silo.Redis;

namespace VideoGen.Silo.Notifications;

/// <summary>
/// Publishes every change on its owner's channel, whether or not anyone has subscribed: that costs less than tracking
/// subscriptions. Delivery is at most once: after a failure to publish, all subscribers are told to read again as soon as that is
/// possible.
/// </summary>
internal sealed partial class RedisNotifications(
    [FromKeyedServices(RedisConnection.Key)] IConnectionMultiplexer redis, NotificationChannels channels,
    Serializer serializer, TimeProvider time, ILogger<RedisNotifications> logger) : BackgroundService, IGenerationNotifications
{
    /// <summary>
    /// The time between two rounds. A change is published at once when there is little traffic, and no generation is published
    /// more often than this.
    /// </summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.1);

    private const int MaxItems = 64;
    private const int AtOnce = 256;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly PendingNotifications _pending = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private bool _owesLook;

    public void Publish(GenerationSnapshot generation) => Add(GenerationNotification.Of(generation));

    public void Deleted(string owner, string generationId) => Add(new GenerationNotification(owner, generationId, null));

    /// <summary>Stops after the silo, so that the silo's last changes are published.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await PublishAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _signal.Reader.ReadAsync(stoppingToken))
        {
            await PublishAsync();
            await Task.Delay(_owesLook ? Pause : Interval, time, stoppingToken);
            if (_owesLook)
            {
                _signal.Writer.TryWrite(true);
            }
        }
    }

    private void Add(GenerationNotification item)
    {
        _pending.Add(item);
        _signal.Writer.TryWrite(true);
    }

    private async Task PublishAsync()
    {
        var items = _pending.Take(out var hasLost);
        _owesLook |= hasLost;
        foreach (var messages in items.GroupBy(item => item.Owner).SelectMany(Messages).Chunk(AtOnce))
        {
            _owesLook |= !await TryAsync(messages);
        }

        _owesLook = _owesLook && !await TryAsync([(channels.Everybody, RedisValue.EmptyString)]);
    }

    private IEnumerable<(RedisChannel, RedisValue)> Messages(IGrouping<string, GenerationNotification> owner) =>
        owner.Chunk(MaxItems)
        .Select(items => (channels.Of(owner.Key), (RedisValue)serializer.SerializeToArray(items)));

    private async Task<bool> TryAsync(IReadOnlyCollection<(RedisChannel Channel, RedisValue Message)> messages)
    {
        if (!redis.IsConnected)
        {
            return false;    // the client would queue all messages: outdated notifications that nobody needs
        }

        try
        {
            await Task.WhenAll(messages.Select(one => redis.GetSubscriber().PublishAsync(one.Channel, one.Message)));
            return true;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            LogLost(exception);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Debug, "Notifications could not be published; subscribers are told to read again")]
    private partial void LogLost(Exception exception);
}
