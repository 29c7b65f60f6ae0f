using System.Threading.Channels;
using Orleans.Serialization;
using StackExchange.Redis;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Ports;
using VideoGen.Silo.Hosting;

namespace VideoGen.Silo.News;

/// <summary>
/// Publishes what somebody watches to the API processes where it is watched, and nothing else. Delivery is at most once: what does
/// not fit or does not arrive is found by the watchers' next read.
/// </summary>
internal sealed partial class RedisNews(
    [FromKeyedServices(SiloComposition.RedisKey)] IConnectionMultiplexer redis, NewsChannels channels, Interests interests,
    Serializer serializer, TimeProvider time, ILogger<RedisNews> logger) : BackgroundService, IGenerationNews
{
    private const int MaxBatch = 256;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // The newest are worth more than the oldest, which are history by now.
    private readonly Channel<NewsItem> _items = Channel.CreateBounded<NewsItem>(
        new BoundedChannelOptions(20_000) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public void Tell(GenerationSnapshot generation) => Offer(NewsItem.Of(generation));

    public void Deleted(string owner, string generationId) => Offer(new NewsItem(owner, generationId, null));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ListenAsync(stoppingToken);
        var batch = new List<Task>(MaxBatch);
        while (await _items.Reader.WaitToReadAsync(stoppingToken))
        {
            while (batch.Count < MaxBatch && _items.Reader.TryRead(out var item))
            {
                Publish(item, batch);
            }

            await SettleAsync(batch);
        }
    }

    private void Offer(NewsItem item)
    {
        if (interests.IsWatched(item.Owner, item.GenerationId))
        {
            _items.Writer.TryWrite(item);
        }
    }

    /// <summary>Listens, then asks: what is watched was said before this silo was there.</summary>
    private async Task ListenAsync(CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                var queue = await redis.GetSubscriber().SubscribeAsync(channels.Interest);
                queue.OnMessage(message => interests.Note(serializer.Deserialize<NewsInterest>((byte[])message.Message!)!));
                await redis.GetSubscriber().PublishAsync(channels.Question, RedisValue.EmptyString);
                return;
            }
            catch (Exception exception) when (exception is RedisException or TimeoutException)
            {
                LogDeaf(exception);
                await Task.Delay(Pause, time, stopping);
            }
        }
    }

    private void Publish(NewsItem item, List<Task> batch)
    {
        // Without a connection a client would keep everything that is sent: old news that nobody needs.
        if (!redis.IsConnected)
        {
            return;
        }

        var message = serializer.SerializeToArray(item);
        batch.AddRange(interests.NodesFor(item.Owner, item.GenerationId)
            .Select(node => redis.GetSubscriber().PublishAsync(channels.To(node), message)));
    }

    private async Task SettleAsync(List<Task> batch)
    {
        try
        {
            await Task.WhenAll(batch);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            LogLost(exception);
        }

        batch.Clear();
    }

    [LoggerMessage(LogLevel.Warning, "What is watched can not be heard yet; trying again")]
    private partial void LogDeaf(Exception exception);

    [LoggerMessage(LogLevel.Debug, "News could not be published; the watchers find them by their next read")]
    private partial void LogLost(Exception exception);
}
