using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Storage;
using Orleans.TestingHost;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Generations;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Ledger;
using VideoGen.Grains.Generations.Steps;
using VideoGen.Grains.Idempotency;
using VideoGen.Grains.Media;
using VideoGen.Grains.Notifications;
using VideoGen.Grains.Retention;
using VideoGen.Grains.Storyboards;
using VideoGen.Grains.Storyboards.Join;
using VideoGen.Grains.Submits;
using VideoGen.Grains.Telemetry;
using VideoGen.Grains.Tests.Storyboards;
using VideoGen.Grains.Video;
using VideoGen.Testing;
using Stored = VideoGen.Grains.Generations.Ledger.Generation;

namespace VideoGen.Grains.Tests.Retention;

/// <summary>A silo of its own: a round of retention goes over everything in a cluster.</summary>
public sealed class RetentionCluster : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ServiceProvider _metrics = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly ConcurrentDictionary<string, Func<Task>> _meanwhile = new();
    private InProcessTestCluster _cluster = null!;

    public FaultyStorage Storage { get; } = new();

    public FileMediaStore Media { get; private set; } = null!;

    /// <summary>The settings of the silo and of every round.</summary>
    public RetentionOptions Settings { get; } = new() { UploadInterval = TimeSpan.FromSeconds(1) };

    public IGrainFactory Grains => _cluster.Client;

    public async ValueTask InitializeAsync()
    {
        Media = new FileMediaStore(Options.Create(new MediaOptions { DataDirectory = _directory.Path }));
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => silo
            .UseInMemoryReminderService()
            .Services
                .AddSingleton(TimeProvider.System)
                .AddSingleton<IGrainStorage>(Storage)
                .AddKeyedSingleton<IGrainStorage>(KeyStorage.Name, Storage)
                .AddSingleton<IMediaStore>(Media)
                .AddSingleton<IVideoBackends>(new ScriptedBackends(Media))
                .AddSingleton<IVideoProcessor>(new FakeVideoProcessor())
                .AddSingleton<IGenerationNotifications>(new RecordedNews())
                .AddSingleton<IResumer>(new NoResumer())
                .AddSingleton<ISubmitRecords>(new RecordedSubmits())
                .AddSingleton<IVideoJoiner, NoTools>()
                .AddSingleton<IImageIntake, NoTools>()
                .AddGenerations()
                .AddStoryboards()
                .AddSingleton(Options.Create(Settings))
                .AddSingleton<GenerationTelemetry>());
        builder.ConfigureClient(client => client.AddOutgoingGrainCallFilter(InterruptAsync));
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await _metrics.DisposeAsync();
        Media.Dispose();
        _directory.Dispose();
    }

    public IGenerationGrain Generation(string id) => Grains.GetGrain<IGenerationGrain>(id);

    public Task RunFilmsAsync() => new VideoRound(
        Grains, Telemetry, Options.Create(Settings), NullLogger<VideoRound>.Instance).RunAsync(default);

    public Task RunJoinedVideosAsync() => new JoinedVideoRound(
        Grains, Telemetry, Options.Create(Settings), TimeProvider.System, NullLogger<JoinedVideoRound>.Instance)
        .RunAsync(default);

    /// <summary>What happens once, after a round has counted the films of an owner and before it lets any go.</summary>
    public void Meanwhile(string owner, Func<Task> action) => _meanwhile[owner] = action;

    public Task RunUploadsAsync(TimeProvider time) => new UploadRound(
        Grains, Media, Telemetry, Options.Create(Settings), time, NullLogger<UploadRound>.Instance).RunAsync(default);

    /// <summary>Lays down films that ended so many days ago, as many as there are days, each of ten bytes.</summary>
    public async Task<IReadOnlyList<string>> SeedAsync(string owner, params double[] daysAgo)
    {
        List<string> ids = [];
        foreach (var days in daysAgo)
        {
            ids.Add(await SeedAsync(owner, generation => generation, days));
        }

        return ids;
    }

    /// <summary>Lays down one film, and what became of it.</summary>
    internal async Task<string> SeedAsync(string owner, Func<Stored, Stored> then, double daysAgo, string picture = "c.jpg")
    {
        var id = Orders.NewId();
        var end = DateTimeOffset.UtcNow.AddDays(-daysAgo);
        var entry = await Grains.GetGrain<IHistoryGrain>(owner).AppendAsync(id);
        var completed = Stored.Accept(Orders.Request(owner) with { CharacterImage = picture }, entry)
            .Intend(Orders.Model("scripted"), new BackendTraits(false, true), new RenderPlan(), end)
            .Completed(new FinishedVideo($"{id}.mp4", $"{id}.jpg", 5, 768, 768, 9, 1), end);
        Storage.Seed(Generation(id).GetGrainId(), "generation", then(completed));
        return id;
    }

    public async Task<IReadOnlyList<GenerationStatus?>> StatusesAsync(IEnumerable<string> ids)
    {
        List<GenerationStatus?> statuses = [];
        foreach (var id in ids)
        {
            statuses.Add((await Generation(id).GetAsync())?.Status);
        }

        return statuses;
    }

    private async Task InterruptAsync(IOutgoingGrainCallContext call)
    {
        if (call.InterfaceMethod.DeclaringType == typeof(IRetentionGrain)
            && call.InterfaceMethod.Name != nameof(IRetentionGrain.SweepAsync)
            && _meanwhile.TryRemove(call.TargetId.Key.ToString()!, out var action))
        {
            await action();
        }

        await call.Invoke();
    }

    private GenerationTelemetry Telemetry => new(_metrics.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>());

    private sealed class NoResumer : IResumer
    {
        public void Enqueue(string generationId) { }
    }
}
