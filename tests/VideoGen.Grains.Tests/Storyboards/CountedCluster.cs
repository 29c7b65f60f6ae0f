using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Storage;
using Orleans.TestingHost;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations;
using VideoGen.Grains.Generations.Steps;
using VideoGen.Grains.Idempotency;
using VideoGen.Grains.Media;
using VideoGen.Grains.Notifications;
using VideoGen.Grains.Storyboards;
using VideoGen.Grains.Storyboards.Join;
using VideoGen.Grains.Submits;
using VideoGen.Grains.Telemetry;
using VideoGen.Grains.Video;
using VideoGen.Testing;

namespace VideoGen.Grains.Tests.Storyboards;

/// <summary>A silo that notes which calls a request has led to, by the name that the request bears.</summary>
public sealed class CountedCluster : IAsyncLifetime
{
    private const string Name = "videogen.test.request";

    private readonly TemporaryDirectory _directory = new();
    private readonly ConcurrentQueue<(string Request, string Call)> _calls = new();
    private FileMediaStore _media = null!;
    private InProcessTestCluster _cluster = null!;

    public IGrainFactory Grains => _cluster.Client;

    public ScriptedBackends Backends { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _media = new FileMediaStore(Options.Create(new MediaOptions { DataDirectory = _directory.Path }));
        Backends = new ScriptedBackends(_media);
        var storage = new FaultyStorage();
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => silo
            .UseInMemoryReminderService()
            .AddIncomingGrainCallFilter(NoteAsync)
            .Services
                .AddSingleton(TimeProvider.System)
                .AddSingleton<IGrainStorage>(storage)
                .AddKeyedSingleton<IGrainStorage>(KeyStorage.Name, storage)
                .AddSingleton<IMediaStore>(_media)
                .AddSingleton<IVideoBackends>(Backends)
                .AddSingleton<IVideoProcessor>(new FakeVideoProcessor())
                .AddSingleton<IGenerationNotifications>(new RecordedNews())
                .AddSingleton<IResumer>(new NoResumer())
                .AddSingleton<ISubmitRecords>(new RecordedSubmits())
                .AddSingleton<IVideoJoiner, NoTools>()
                .AddSingleton<IImageIntake, NoTools>()
                .AddGenerations()
                .AddStoryboards()
                .AddSingleton<GenerationTelemetry>());
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _media.Dispose();
        _directory.Dispose();
    }

    /// <summary>The calls between grains that a request leads to, itself included, in order of their names.</summary>
    public async Task<IReadOnlyList<string>> CallsOfAsync(Func<Task> request)
    {
        var name = Orders.NewId();
        RequestContext.Set(Name, name);
        try
        {
            await request();
        }
        finally
        {
            RequestContext.Remove(Name);
        }

        return [.. _calls.Where(call => call.Request == name).Select(call => call.Call).Order()];
    }

    private Task NoteAsync(IIncomingGrainCallContext call)
    {
        if (RequestContext.Get(Name) is string request)
        {
            _calls.Enqueue((request, $"{call.InterfaceMethod.DeclaringType!.Name}.{call.InterfaceMethod.Name}"));
        }

        return call.Invoke();
    }

    private sealed class NoResumer : IResumer
    {
        public void Enqueue(string generationId) { }
    }
}
