using System.Threading.Channels;
using Orleans.Serialization;
using StackExchange.Redis;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Notifications;
using VideoGen.Silo.Redis;

namespace VideoGen.Silo.Notifications;

/// <summary>
/// Publishes every change on the channel of its owner, watched or not: that costs less than knowing what is watched. Delivery is
/// at most once: when something could not be published, everybody is told to look as soon as that is possible again.
/// </summary>
internal sealed partial class RedisNotifications(
    [FromKeyedServices(RedisConnection.Key)] IConnectionMultiplexer redis, NotificationChannels channels,
    Serializer serializer, TimeProvider time, ILogger<RedisNotifications> logger) : BackgroundService, IGenerationNotifications
{
    /// <summary>
    /// From one round to the next. So a change goes out at once where little happens, and no generation more often than this.
    /// </summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.1);

    private const int MaxItems = 64;
    private const int AtOnce = 256;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly PendingNotifications _pending = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private bool _owesLook;

    public void Tell(GenerationSnapshot generation) => Add(GenerationNotification.Of(generation));

    public void Deleted(string owner, string generationId) => Add(new GenerationNotification(owner, generationId, null));

    /// <summary>It stops after the silo, whose last changes it publishes.</summary>
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

    private IEnumerable<(RedisChannel, RedisValue)> Messages(IGrouping<string, GenerationNotification> owner) => owner.Chunk(MaxItems)
        .Select(items => (channels.Of(owner.Key), (RedisValue)serializer.SerializeToArray(items)));

    private async Task<bool> TryAsync(IReadOnlyCollection<(RedisChannel Channel, RedisValue Message)> messages)
    {
        if (!redis.IsConnected)
        {
            return false;    // a client would keep everything that is sent: old notifications that nobody needs
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

    [LoggerMessage(LogLevel.Debug, "Notifications could not be published; the watchers are told to look")]
    private partial void LogLost(Exception exception);
}
