using System.Threading.Channels;
using Orleans.Serialization;
using StackExchange.Redis;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Ports;
using VideoGen.Silo.Hosting;

namespace VideoGen.Silo.News;

/// <summary>
/// Publishes what somebody watches to the API processes where it is watched, and nothing else. Delivery is at most once: where some may
/// not have arrived, the processes are asked what they watch, and then look for themselves.
/// </summary>
internal sealed partial class RedisNews(
    [FromKeyedServices(SiloComposition.RedisKey)] IConnectionMultiplexer redis, NewsChannels channels, Interests interests,
    Serializer serializer, TimeProvider time, ILogger<RedisNews> logger) : BackgroundService, IGenerationNews
{
    private const int MaxBatch = 256;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>News, or null to ask what is watched.</summary>
    private readonly Channel<NewsItem?> _items = Channel.CreateBounded<NewsItem?>(
        new BoundedChannelOptions(20_000) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    private volatile bool _hasLost;

    public void Tell(GenerationSnapshot generation) => Offer(NewsItem.Of(generation));

    public void Deleted(string owner, string generationId) => Offer(new NewsItem(owner, generationId, null));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        redis.ConnectionRestored += Ask;
        try
        {
            await ListenAsync(stoppingToken);
            await AskAsync(stoppingToken);    // what is watched was said before this silo was there
            await SpeakAsync(stoppingToken);
        }
        finally
        {
            redis.ConnectionRestored -= Ask;
        }
    }

    /// <summary>What is watched may have been said while nothing could be heard.</summary>
    private void Ask(object? sender, ConnectionFailedEventArgs connection) => Write(null);

    private async Task SpeakAsync(CancellationToken stopping)
    {
        var batch = new List<Task>(MaxBatch);
        while (await _items.Reader.WaitToReadAsync(stopping))
        {
            while (batch.Count < MaxBatch && _items.Reader.TryRead(out var item))
            {
                Publish(item, batch);
            }

            await SettleAsync(batch);
            await (_hasLost ? AskAsync(stopping) : Task.CompletedTask);
        }
    }

    private void Offer(NewsItem item)
    {
        if (interests.IsWatched(item.Owner, item.GenerationId))
        {
            Write(item);
        }
    }

    private void Write(NewsItem? item)
    {
        if (!_items.Writer.TryWrite(item))
        {
            _hasLost = true;    // there are thousands before it, after which is asked
        }
    }

    private async Task ListenAsync(CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                var queue = await redis.GetSubscriber().SubscribeAsync(channels.Interest);
                queue.OnMessage(message => interests.Note(serializer.Deserialize<NewsInterest>((byte[])message.Message!)!));
                return;
            }
            catch (Exception exception) when (exception is RedisException or TimeoutException)
            {
                LogDeaf(exception);
                await Task.Delay(Pause, time, stopping);
            }
        }
    }

    private async Task AskAsync(CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                _hasLost = false;
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

    private void Publish(NewsItem? item, List<Task> batch)
    {
        // Without a connection a client would keep everything that is sent: old news that nobody needs.
        if (item is null || !redis.IsConnected)
        {
            _hasLost = true;
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
            _hasLost = true;
        }

        batch.Clear();
    }

    [LoggerMessage(LogLevel.Warning, "What is watched can not be heard yet; trying again")]
    private partial void LogDeaf(Exception exception);

    [LoggerMessage(LogLevel.Debug, "News could not be published; the watchers are told to look")]
    private partial void LogLost(Exception exception);
}
