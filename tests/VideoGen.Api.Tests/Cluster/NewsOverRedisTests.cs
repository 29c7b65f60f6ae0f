using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Serialization;
using StackExchange.Redis;
using VideoGen.Api.Cluster;
using VideoGen.Api.Live;
using VideoGen.Grains.Ports;
using VideoGen.Silo.News;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.Cluster;

/// <summary>What silos and API processes say to each other over a real Redis so that nobody misses the last change.</summary>
public sealed class NewsOverRedisTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly RedisServer _redis = new();
    private readonly WatchRoom _room = new(Options.Create(new LiveOptions()), TimeProvider.System);
    private readonly NewsChannels _channels = new(Options.Create(new ClusterOptions()));
    private readonly Serializer _serializer =
        new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>();

    private readonly Channel<string> _said = Channel.CreateUnbounded<string>();
    private readonly List<IHostedService> _services = [];
    private ConnectionMultiplexer _own = null!;
    private ConnectionMultiplexer _other = null!;

    public async ValueTask InitializeAsync()
    {
        await _redis.StartAsync();
        _own = await ConnectionMultiplexer.ConnectAsync(_redis.ConnectionString);
        _other = await ConnectionMultiplexer.ConnectAsync(_redis.ConnectionString);
        await _other.GetSubscriber().SubscribeAsync(_channels.Interest, (_, message) => _said.Writer.TryWrite(
            string.Join(' ', _serializer.Deserialize<NewsInterest>((byte[])message!)!.Owners)));
        await _other.GetSubscriber().SubscribeAsync(_channels.Question, (_, _) => _said.Writer.TryWrite("?"));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services)
        {
            await service.StopAsync(CancellationToken.None);
        }

        await _own.DisposeAsync();
        await _other.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task Who_watches_an_owner_looks_again_when_the_silos_have_been_told()
    {
        await StartApiAsync();

        using var watch = _room.Enter(Topic.Owner("ann"));

        Assert.True(await IsToldToLookAsync(watch));
        Assert.Equal(["ann"], await NextAsync(1));
    }

    [Fact]
    public async Task A_silo_that_asks_is_told_and_then_everybody_looks()
    {
        await StartApiAsync();
        using var watch = _room.Enter(Topic.Owner("ann"));
        Assert.True(await IsToldToLookAsync(watch));
        Assert.Equal(["ann"], await NextAsync(1));

        await _other.GetSubscriber().PublishAsync(_channels.Question, RedisValue.EmptyString);

        Assert.Equal(["?", "ann"], (await NextAsync(2)).Order());    // two channels, which keep no order between them
        Assert.True(await IsToldToLookAsync(watch));
    }

    [Fact]
    public async Task A_silo_asks_at_its_start_and_when_Redis_was_away()
    {
        await StartAsync(new RedisNews(
            _own, _channels, new Interests(TimeProvider.System), _serializer, TimeProvider.System, NullLogger<RedisNews>.Instance));
        Assert.Equal(["?"], await NextAsync(1));

        await _redis.AskAsync("client", "kill", "id", (await _own.GetDatabase().ExecuteAsync("client", "id")).ToString());

        Assert.Equal(["?"], await NextAsync(1));
    }

    private Task StartApiAsync() => StartAsync(new NewsFromRedis(
        _own, _channels, _room, _serializer, TimeProvider.System, NullLogger<NewsFromRedis>.Instance));

    private Task StartAsync(IHostedService service)
    {
        _services.Add(service);
        return service.StartAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<bool> IsToldToLookAsync(Watch watch)
    {
        await watch.WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);
        watch.Take(out var hasMissed);
        return hasMissed;
    }

    private async Task<List<string>> NextAsync(int count)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        end.CancelAfter(Patience);
        List<string> said = [];
        while (said.Count < count)
        {
            said.Add(await _said.Reader.ReadAsync(end.Token));
        }

        return said;
    }
}
