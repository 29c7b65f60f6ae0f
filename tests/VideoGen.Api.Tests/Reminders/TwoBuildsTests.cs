using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using StackExchange.Redis;
using VideoGen.Silo.Redis;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.Reminders;

/// <summary>A silo with Orleans' own reminder table, as earlier builds have it, and one of this build in one cluster.</summary>
[Trait("Starts", "processes")]
public sealed class TwoBuildsTests : IAsyncLifetime
{
    private const string OldKey = "videogen/reminders";
    private const int Rows = 300;

    private readonly RedisServer _redis = new();

    public async ValueTask InitializeAsync() => await _redis.StartAsync();

    [Fact]
    public async Task Each_silo_finds_the_rows_of_its_part_of_the_ring_and_the_last_of_the_earlier_build_leaves_none_behind()
    {
        await using var old = new Host(_redis, silo =>
        {
            silo.UseRedisClustering(_redis.ConnectionString);
            silo.UseRedisReminderService(options =>
                options.ConfigurationOptions = ConfigurationOptions.Parse(_redis.ConnectionString));
        });
        await old.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, Rows).Select(number => old.Reminders.UpsertRow(Entry(number))));
        await using var current = new Host(_redis, silo => silo.AddRedisProviders(isClustered: true));
        await current.StartAsync();

        var left = await Eventually.GetAsync(
            CountAsync, count => count < Rows, count => $"All {count} rows are where they were.");

        Assert.InRange(left, 1, Rows - 1);
        Assert.Equal(left, (await old.Reminders.ReadRows(0, 0)).Reminders.Count);
        Assert.Equal(Rows, (await current.Reminders.ReadRows(0, 0)).Reminders.Count);

        await old.DisposeAsync();
        await Eventually.GetAsync(CountAsync, count => count == 0, count => $"{count} rows are left behind.");
        Assert.Equal(Rows, (await current.Reminders.ReadRows(0, 0)).Reminders.Count);
    }

    public async ValueTask DisposeAsync() => await _redis.DisposeAsync();

    private async Task<int> CountAsync() => int.Parse(await _redis.AskAsync("zcard", OldKey));

    private static ReminderEntry Entry(int number) => new()
    {
        GrainId = GrainId.Create("test", $"{number}"),
        ReminderName = "one",
        StartAt = DateTime.UtcNow.AddHours(1),
        Period = TimeSpan.FromMinutes(1),
    };

    private sealed class Host : IAsyncDisposable
    {
        private readonly IHost _host;
        private bool _isStopped;

        public Host(RedisServer redis, Action<ISiloBuilder> configure)
        {
            var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
            builder.Logging.ClearProviders();
            builder.Services.AddRedis(redis.ConnectionString).AddSingleton(TimeProvider.System);
            builder.UseOrleans(silo =>
            {
                configure(silo);
                silo.Configure<ClusterOptions>(RedisProviders.NameCluster)
                    .ConfigureEndpoints(FreePorts.Take(), FreePorts.Take());
            });
            _host = builder.Build();
        }

        public IReminderTable Reminders => _host.Services.GetRequiredService<IReminderTable>();

        public Task StartAsync() => _host.StartAsync();

        public async ValueTask DisposeAsync()
        {
            if (!_isStopped)
            {
                _isStopped = true;
                await _host.StopAsync();
                await ((IAsyncDisposable)_host).DisposeAsync();
            }
        }
    }
}
