using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Persistence;
using Orleans.Storage;
using StackExchange.Redis;
using VideoGen.Api.EmbeddedStore;
using VideoGen.Silo.Redis;
using VideoGen.Silo.Reminders;
using VideoGen.Silo.Storage;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.EmbeddedStore;

/// <summary>A silo with Orleans' Redis providers, and the reminder table of this service, on the embedded store.</summary>
public sealed class OrleansProvidersTests : IAsyncLifetime
{
    private const string Expiring = "expiring";

    private readonly StoreFolder _folder = new();
    private IHost _host = null!;

    private IGrainStorage Storage => _host.Services.GetRequiredKeyedService<IGrainStorage>("Default");

    private IReminderTable Reminders => _host.Services.GetRequiredService<IReminderTable>();

    public async ValueTask InitializeAsync() => _host = await StartAsync();

    [Fact]
    public async Task Of_many_writers_with_one_ETag_exactly_one_wins()
    {
        var grain = GrainId.Create("test", "race");
        await Storage.WriteStateAsync("state", grain, new GrainState<Note>(new Note { Text = "first" }));

        var first = new GrainState<Note>();
        await Storage.ReadStateAsync("state", grain, first);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(TryWriteAsync));

        Assert.Single(outcomes, won => won);

        async Task<bool> TryWriteAsync(int number)
        {
            var state = new GrainState<Note>(new Note { Text = $"{number}" }, first.ETag) { RecordExists = true };
            try
            {
                await Storage.WriteStateAsync("state", grain, state);
                return true;
            }
            catch (InconsistentStateException)
            {
                return false;
            }
        }
    }

    [Fact]
    public async Task State_and_reminders_are_there_after_the_silo_and_its_store_were_started_again()
    {
        var grain = GrainId.Create("test", "kept");
        await Storage.WriteStateAsync("state", grain, new GrainState<Note>(new Note { Text = "kept" }));
        await Reminders.UpsertRow(Entry(grain, "stays"));
        var gone = await Reminders.UpsertRow(Entry(grain, "goes"));
        Assert.True(await Reminders.RemoveRow(grain, "goes", gone!));

        await StopAsync();
        _host = await StartAsync();

        var state = new GrainState<Note>();
        await Storage.ReadStateAsync("state", grain, state);
        Assert.Equal("kept", state.State!.Text);
        var reminders = await Reminders.ReadRows(grain);
        Assert.Equal("stays", Assert.Single(reminders.Reminders).ReminderName);
    }

    [Fact]
    public async Task An_entry_gets_its_lifetime_ends_with_it_and_can_be_written_again()
    {
        var storage = _host.Services.GetRequiredKeyedService<IGrainStorage>(Expiring);
        var grain = GrainId.Create("test", "expires");
        var state = new GrainState<Note>(new Note { Text = "for a while" });
        await storage.WriteStateAsync("state", grain, state);

        var store = Shared(_host.Services);
        var key = await store.GetServer(store.GetEndPoints()[0]).KeysAsync(pattern: "*expires*").SingleAsync();
        var left = await store.GetDatabase().KeyTimeToLiveAsync(key);
        Assert.InRange(left!.Value, TimeSpan.FromHours(23), TimeSpan.FromHours(24));

        await store.GetDatabase().KeyExpireAsync(key, TimeSpan.FromMilliseconds(100));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        for (state.RecordExists = true; state.RecordExists;)
        {
            Assert.False(patience.IsCancellationRequested);
            await storage.ReadStateAsync("state", grain, state);
        }

        await storage.WriteStateAsync("state", grain, state);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }

    private async Task<IHost> StartAsync()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddEmbeddedStore(new EmbeddedStoreOptions(_folder.Path), RedisConnection.Key);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(FreePorts.Take(), FreePorts.Take());
            silo.AddRedisGrainStorageAsDefault();
            silo.AddRedisGrainStorage(Expiring);
            silo.UseSystemTextJsonGrainStorageSerializer();
            silo.AddShardedReminders();
            silo.WaitForCommits<EmbeddedStoreHost>();
            silo.Services.AddOptions<RedisStorageOptions>("Default").Configure<IServiceProvider>((options, services) =>
            {
                options.ConfigurationOptions = new ConfigurationOptions();
                options.CreateMultiplexer = _ => Task.FromResult((Shared(services), true));
            });
            silo.Services.AddOptions<RedisStorageOptions>(Expiring).Configure<IServiceProvider>((options, services) =>
            {
                options.ConfigurationOptions = new ConfigurationOptions();
                options.CreateMultiplexer = _ => Task.FromResult((Shared(services), true));
                options.EntryExpiry = TimeSpan.FromHours(24);
            });
        });
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private async Task StopAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }

    private static IConnectionMultiplexer Shared(IServiceProvider services) =>
        services.GetRequiredKeyedService<IConnectionMultiplexer>(RedisConnection.Key);

    private static ReminderEntry Entry(GrainId grain, string name) => new()
    {
        GrainId = grain,
        ReminderName = name,
        StartAt = DateTime.UtcNow.AddHours(1),
        Period = TimeSpan.FromMinutes(1),
    };

    private sealed class Note
    {
        public string Text { get; set; } = "";
    }
}
