using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Serialization;
using StackExchange.Redis;
using VideoGen.Api.Cluster;
using VideoGen.Api.Subscriptions;
using VideoGen.Api.Tests.Fakes;
using VideoGen.Grains.Notifications;
using VideoGen.Silo.Notifications;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.Cluster;

/// <summary>A silo's notifications over a real Redis to an API process, and what is done when some may be lost.</summary>
[Trait("Starts", "processes")]
public sealed class RedisSubscriptionsTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly RedisServer _redis = new();
    private readonly SubscriptionHub _hub = new(Options.Create(new EventOptions()), TimeProvider.System);
    private readonly NotificationChannels _channels = new(Options.Create(new ClusterOptions()));
    private readonly ClusterConnection _cluster = new();
    private readonly Serializer _serializer =
        new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>();

    private readonly List<IHostedService> _services = [];
    private ConnectionMultiplexer _ofSilo = null!;
    private ConnectionMultiplexer _ofApi = null!;
    private RedisNotifications _silo = null!;

    public async ValueTask InitializeAsync()
    {
        await _redis.StartAsync();
        _ofSilo = await ConnectionMultiplexer.ConnectAsync(_redis.ConnectionString);
        _ofApi = await ConnectionMultiplexer.ConnectAsync(_redis.ConnectionString);
        _silo = new(_ofSilo, _channels, _serializer, TimeProvider.System, NullLogger<RedisNotifications>.Instance);
        await StartAsync(_silo);
        await StartAsync(new RedisSubscriptions(
            _ofApi, _channels, _hub, _cluster, _serializer, TimeProvider.System, NullLogger<RedisSubscriptions>.Instance));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services)
        {
            await service.StopAsync(CancellationToken.None);
        }

        await _ofSilo.DisposeAsync();
        await _ofApi.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task What_a_silo_publishes_arrives_where_its_owner_is_watched()
    {
        var (generation, other) = (Snapshots.Pending(Orders.NewId()), Snapshots.Pending(Orders.NewId()));
        using var all = await WatchAsync(generation.Request.Owner);
        using var one = _hub.Subscribe(Topic.Of(generation));

        _silo.Publish(other);
        _silo.Publish(generation);
        _silo.Deleted(generation.Request.Owner, other.Id);

        Assert.Equal(generation, (await NextAsync(one)).Items.Single().Generation);
        await UntilAsync(all, item => item.GenerationId == other.Id && item.Generation is null);
    }

    [Fact]
    public async Task Nobody_is_subscribed_where_nobody_watches_any_more()
    {
        using (await WatchAsync("ann"))
        {
            Assert.Equal(1, await SubscribersAsync("ann"));
        }

        await Eventually.TrueAsync(async () => await SubscribersAsync("ann") == 0, "It stays subscribed.");
    }

    [Fact]
    public async Task A_connection_that_broke_is_subscribed_anew_and_then_everybody_looks()
    {
        using var all = await WatchAsync("public");
        var generation = Snapshots.Pending(Orders.NewId());

        Assert.NotEqual("0", await _redis.AskAsync("client", "kill", "type", "pubsub"));

        Assert.True((await NextAsync(all)).HasMissed);
        _silo.Publish(generation);
        await UntilAsync(all, item => item.GenerationId == generation.Id);
    }

    [Fact]
    public async Task What_a_silo_could_not_publish_is_looked_for_when_Redis_is_back()
    {
        using var all = await WatchAsync("public");
        await _redis.StopAsync();
        await Eventually.TrueAsync(() => !_ofSilo.IsConnected, "The silo does not notice.");
        _silo.Publish(Snapshots.Pending(Orders.NewId()));
        await _redis.StartAsync();
        var listener = await ConnectionMultiplexer.ConnectAsync(_redis.ConnectionString);
        await using var _ = listener;
        var isTold = new TaskCompletionSource();
        await listener.GetSubscriber().SubscribeAsync(_channels.Everybody, (_, _) => isTold.TrySetResult());

        Assert.True((await NextAsync(all)).HasMissed);
        await isTold.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_call_to_everybody_makes_everybody_look()
    {
        using var all = await WatchAsync("ann");

        await _ofSilo.GetSubscriber().PublishAsync(_channels.Everybody, RedisValue.EmptyString);

        Assert.True((await NextAsync(all)).HasMissed);
    }

    [Fact]
    public async Task Everybody_looks_when_a_silo_is_lost()
    {
        using var all = await WatchAsync("ann");

        _cluster.NotifyGatewayCountChanged(currentNumberOfGateways: 3, previousNumberOfGateways: 2, connectionRecovered: false);
        _cluster.NotifyGatewayCountChanged(currentNumberOfGateways: 2, previousNumberOfGateways: 3, connectionRecovered: false);

        Assert.True((await NextAsync(all)).HasMissed);
    }

    [Fact]
    public async Task A_message_that_cannot_be_read_makes_everybody_look()
    {
        using var all = await WatchAsync("ann");

        await _ofSilo.GetSubscriber().PublishAsync(_channels.Of("ann"), "from another build");

        Assert.True((await NextAsync(all)).HasMissed);
    }

    private async Task<Subscription> WatchAsync(string owner)
    {
        var subscription = _hub.Subscribe(new Topic(owner));
        Assert.True((await NextAsync(subscription)).HasMissed);
        return subscription;
    }

    private static async Task<(IReadOnlyCollection<GenerationNotification> Items,
        bool HasMissed)> NextAsync(Subscription subscription)
    {
        Assert.True(await subscription.WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken));
        var items = subscription.Take(out var hasMissed);
        return (items, hasMissed);
    }

    private static async Task UntilAsync(Subscription subscription, Predicate<GenerationNotification> isLast)
    {
        while (!(await NextAsync(subscription)).Items.Any(item => isLast(item)))
        {
            // What came before the one that is waited for.
        }
    }

    private async Task<long> SubscribersAsync(string owner) =>
        await _ofSilo.GetServers().Single().SubscriptionSubscriberCountAsync(_channels.Of(owner));

    private Task StartAsync(IHostedService service)
    {
        _services.Add(service);
        return service.StartAsync(TestContext.Current.CancellationToken);
    }
}
