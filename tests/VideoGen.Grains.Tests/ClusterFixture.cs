using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Storage;
using Orleans.TestingHost;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Characters;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Generations;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Steps;
using VideoGen.Grains.Idempotency;
using VideoGen.Grains.Media;
using VideoGen.Grains.Notifications;
using VideoGen.Grains.Quotas;
using VideoGen.Grains.RenderSlots;
using VideoGen.Grains.Submits;
using VideoGen.Grains.Telemetry;
using VideoGen.Grains.Video;
using VideoGen.Grains.Webhooks;
using VideoGen.Testing;

[assembly: AssemblyFixture(typeof(VideoGen.Grains.Tests.ClusterFixture))]

namespace VideoGen.Grains.Tests;

/// <summary>One real silo for the assembly: every test takes its own grain keys and its own scripted backend.</summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private InProcessTestCluster _cluster = null!;

    public FaultyStorage Storage { get; } = new();

    /// <summary>What owners may order; nothing is limited unless a test says so.</summary>
    internal QuotaOptions Limits { get; } = new();

    internal TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Renders that each backend may have in flight.</summary>
    internal int Slots { get; init; } = 4;

    public FileMediaStore Media { get; private set; } = null!;

    public ScriptedBackends Backends { get; private set; } = null!;

    public FakeVideoProcessor Processor { get; } = new();

    public RecordedNews News { get; } = new();

    public RecordedSubmits Submits { get; } = new();

    public RecordedWebhooks Webhooks { get; } = new();

    public async ValueTask InitializeAsync()
    {
        Media = new FileMediaStore(Options.Create(new MediaOptions { DataDirectory = _directory.Path }));
        Backends = new ScriptedBackends(Media);
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => silo
            .UseInMemoryReminderService()
            .Configure<GenerationOptions>(options =>
            {
                options.FirstRetryDelay = TimeSpan.FromMilliseconds(20);
                options.PollInterval = TimeSpan.FromMilliseconds(20);
                options.MaxPollInterval = TimeSpan.FromMilliseconds(50);
                options.MaxAttempts = 3;
                options.Deadline = TimeSpan.FromMinutes(5);    // longer than any test: who needs its end lays down an old start
                options.CancelPatience = TimeSpan.FromSeconds(2);
                options.SuspectTime = TimeSpan.FromSeconds(0.2);
            })
            .Configure<RenderSlotOptions>(options =>
            {
                (options.MaxConcurrent, options.MaxUnfinished) = (Slots, 300);
                options.HolderCheckInterval = TimeSpan.FromSeconds(0.2);
            })
            .Configure<WebhookOptions>(options => options.RetryDelays = "00:00:00.010 00:00:00.010 00:00:00.010")
            .Services
                .AddSingleton(Time)
                .AddSingleton(Options.Create(Limits))
                .AddSingleton<IGrainStorage>(Storage)
                .AddKeyedSingleton<IGrainStorage>(KeyStorage.Name, Storage)
                .AddSingleton<IMediaStore>(Media)
                .AddSingleton<IVideoBackends>(Backends)
                .AddSingleton<IVideoProcessor>(Processor)
                .AddSingleton<IGenerationNotifications>(News)
                .AddSingleton<IWebhookSender>(Webhooks)
                .AddSingleton<ISubmitRecords>(Submits)
                .AddGenerations()
                .AddSingleton<IResumer, PokingResumer>()
                .AddSingleton<GenerationTelemetry>());
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        Media.Dispose();
        _directory.Dispose();
    }

    public IGenerationGrain Generation(string id) => _cluster.Client.GetGrain<IGenerationGrain>(id);

    public IWebhookGrain Webhook(string id) => _cluster.Client.GetGrain<IWebhookGrain>(id);

    public IIdempotencyGrain Key(string key) => _cluster.Client.GetGrain<IIdempotencyGrain>(key);

    public IUnkeyedRequestsGrain Unkeyed(string key) => _cluster.Client.GetGrain<IUnkeyedRequestsGrain>(key);

    internal IAllowanceGrain Allowance(string owner) => _cluster.Client.GetGrain<IAllowanceGrain>(owner);

    internal IBudgetGrain Queue(string upstream) => _cluster.Client.GetGrain<IBudgetGrain>(upstream);

    public IGenerationPageGrain Pages => _cluster.Client.GetGrain<IGenerationPageGrain>(IGenerationPageGrain.Key);

    public ICharacterGrain Character(string id) => _cluster.Client.GetGrain<ICharacterGrain>(id);

    public ICharacterPageGrain CharacterPages => _cluster.Client.GetGrain<ICharacterPageGrain>(ICharacterPageGrain.Key);

    public IHistoryGrain History(string owner) => _cluster.Client.GetGrain<IHistoryGrain>(owner);

    internal IBudgetGrain Budget(string backend) => _cluster.Client.GetGrain<IBudgetGrain>(backend);

    /// <summary>Submits a request that the given backend will answer.</summary>
    public async Task<string> SubmitAsync(ScriptedBackend backend, string owner = "public")
    {
        var id = Orders.NewId();
        var reply = await Generation(id).SubmitAsync(Backends.RequestFor(backend, owner));
        Assert.NotNull(reply.Generation);
        return id;
    }

    /// <summary>Reads until a snapshot is as wanted. What is waited for has to stay: nobody sees every snapshot.</summary>
    public async Task<GenerationSnapshot> UntilAsync(string id, Func<GenerationSnapshot, bool> isWanted)
    {
        var wanted = await Eventually.GetAsync(
            () => Generation(id).GetAsync(), snapshot => snapshot is not null && isWanted(snapshot), snapshot =>
            $"Still {snapshot}");
        return wanted!;
    }

    public Task<GenerationSnapshot> UntilEndAsync(string id) => UntilAsync(id,
        snapshot => snapshot.Status is GenerationStatus.Completed or GenerationStatus.Failed or GenerationStatus.Canceled);

    /// <summary>Takes the activation away, as a leaving silo does.</summary>
    public Task DeactivateAsync(IAddressable grain) => _cluster.DeactivateAsync(grain);

    private sealed class PokingResumer(IGrainFactory grains) : IResumer
    {
        public void Enqueue(string generationId) => _ = grains.GetGrain<IGenerationGrain>(generationId).PokeAsync();
    }
}
