using System.Threading.Channels;
using Orleans.Serialization;
using StackExchange.Redis;
using VideoGen.Api.Live;
using VideoGen.Grains.Ports;
using VideoGen.Silo.Hosting;
using VideoGen.Silo.News;

namespace VideoGen.Api.Cluster;

/// <summary>
/// Says over Redis what is watched in this process, and hears what the silos tell of it. What is said holds for a few seconds, so it
/// is said again and again, and at once when something is new, when a silo asks, and when Redis is back.
/// </summary>
internal sealed partial class NewsFromRedis(
    [FromKeyedServices(SiloComposition.RedisKey)] IConnectionMultiplexer redis, NewsChannels channels, WatchRoom room,
    Serializer serializer, TimeProvider time, ILogger<NewsFromRedis> logger) : BackgroundService
{
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly string _node = Guid.NewGuid().ToString("N");

    /// <summary>What is newly watched, or null to say everything. What does not fit is said with the next renewal.</summary>
    private readonly Channel<Topic?> _toSay = Channel.CreateBounded<Topic?>(
        new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    private bool _hasSaidSomething;

    /// <summary>News may have been lost, and everything has to be said before it is looked for: what comes after that is heard.</summary>
    private volatile bool _owesLook = true;
    private DateTimeOffset _lookAgainAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        room.Opened += Note;
        redis.ConnectionRestored += SayEverything;
        try
        {
            await ListenAsync(stoppingToken);
            await SpeakAsync(stoppingToken);
        }
        finally
        {
            room.Opened -= Note;
            redis.ConnectionRestored -= SayEverything;
        }
    }

    private void Note(Topic topic) => Write(topic);

    /// <summary>Whatever was told while the connection was away is lost.</summary>
    private void SayEverything(object? sender, ConnectionFailedEventArgs connection) => SayEverything();

    private void SayEverything() => Write(null);

    private void Write(Topic? topic)
    {
        if (!_toSay.Writer.TryWrite(topic))
        {
            _owesLook = true;
        }
    }

    private async Task ListenAsync(CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                var news = await redis.GetSubscriber().SubscribeAsync(channels.To(_node));
                news.OnMessage(message => room.Hear(serializer.Deserialize<NewsItem>((byte[])message.Message!)!));
                var questions = await redis.GetSubscriber().SubscribeAsync(channels.Question);
                questions.OnMessage(_ => SayEverything());
                return;
            }
            catch (Exception exception) when (exception is RedisException or TimeoutException)
            {
                LogDeaf(exception);
                await Task.Delay(Pause, time, stopping);
            }
        }
    }

    private async Task SpeakAsync(CancellationToken stopping)
    {
        var renewAt = time.GetUtcNow();
        var arrival = _toSay.Reader.WaitToReadAsync(stopping).AsTask();
        while (true)
        {
            var left = renewAt - time.GetUtcNow();
            if (left > TimeSpan.Zero)
            {
                await ((Task)arrival).WaitAsync(left, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            stopping.ThrowIfCancellationRequested();
            var opened = TakeOpened(out var everything);
            arrival = arrival.IsCompleted ? _toSay.Reader.WaitToReadAsync(stopping).AsTask() : arrival;
            var isAll = everything || time.GetUtcNow() >= renewAt;
            if (isAll || opened.Count > 0)
            {
                var topics = isAll ? room.Topics : opened;
                var isSaid = await SayAsync(topics, isAll);
                renewAt = isAll || !isSaid ? time.GetUtcNow() + (isSaid ? Renewal : Pause) : renewAt;
                if (everything || !isSaid)
                {
                    _owesLook = true;
                }

                if (isSaid)
                {
                    Look(topics, opened, isAll);
                }
            }
        }
    }

    /// <summary>
    /// What was said is told from now on, and what happened before is looked for: of an owner's generations when they are newly watched
    /// (one generation is read soon anyway), and of all where something may have been lost.
    /// </summary>
    private void Look(IReadOnlyList<Topic> said, List<Topic> opened, bool isAll)
    {
        if (isAll && _owesLook && time.GetUtcNow() >= _lookAgainAt)
        {
            (_owesLook, _lookAgainAt) = (false, time.GetUtcNow() + Renewal);    // silos may ask often when much is lost
            room.MissedNews(said);
        }
        else
        {
            room.MissedNews(opened.Where(topic => topic.IsOwner));
        }
    }

    private List<Topic> TakeOpened(out bool everything)
    {
        var opened = new List<Topic>();
        everything = false;
        while (_toSay.Reader.TryRead(out var topic))
        {
            if (topic is { } one)
            {
                opened.Add(one);
            }
            else
            {
                everything = true;
            }
        }

        return opened;
    }

    private async Task<bool> SayAsync(IReadOnlyList<Topic> topics, bool isComplete)
    {
        if (topics.Count == 0 && !_hasSaidSomething)
        {
            return true;
        }

        var interest = new NewsInterest(
            _node, isComplete,
            [.. topics.Where(topic => topic.IsOwner).Select(topic => topic.Key)],
            [.. topics.Where(topic => !topic.IsOwner).Select(topic => topic.Key)]);
        try
        {
            await redis.GetSubscriber().PublishAsync(channels.Interest, serializer.SerializeToArray(interest));
            _hasSaidSomething = topics.Count > 0;
            return true;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            LogUnheard(exception);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "News of the cluster can not be heard yet; trying again")]
    private partial void LogDeaf(Exception exception);

    [LoggerMessage(LogLevel.Debug, "What is watched here could not be said; trying again")]
    private partial void LogUnheard(Exception exception);
}
