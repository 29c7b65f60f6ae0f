using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using VideoGen.FakeComfy;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Media;
using VideoGen.Silo.Backends;
using VideoGen.Silo.Backends.LocalRenders;
using VideoGen.Silo.Backends.Settings;
using VideoGen.Silo.Tests.Backends.HuggingFace;
using VideoGen.Silo.Tests.Backends.LocalRenders;
using VideoGen.Silo.Tests.Imaging;
using VideoGen.Testing;

namespace VideoGen.Silo.Tests.Backends.ComfyUi;

/// <summary>The backend of one ComfyUI server, over real HTTP, with the stand-in behind it.</summary>
internal sealed class ComfyBench : IAsyncDisposable
{
    public const string Model = "flow";

    /// <summary>A graph of the fewest nodes that make a video from a picture.</summary>
    public const string Graph = """
        {
          "1": { "class_type": "LoadImage", "inputs": { "image": "{{picture}}" } },
          "2": { "class_type": "ImageScale", "inputs": { "image": ["1", 0], "upscale_method": "lanczos", "width": "{{width}}",
            "height": "{{height}}", "crop": "center" } },
          "3": { "class_type": "RepeatImageBatch", "inputs": { "image": ["2", 0], "amount": "{{frames}}" } },
          "4": { "class_type": "CreateVideo", "inputs": { "images": ["3", 0], "fps": "{{fps}}" } },
          "5": { "class_type": "SaveVideo", "inputs": { "video": ["4", 0], "filename_prefix": "{{output}}", "format": "mp4",
            "codec": "h264" } }
        }
        """;

    private readonly ServiceProvider _services;
    private readonly string _workflow = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");

    private ComfyBench(FakeComfyServer server, string graph, (string Key, string? Value)[] settings)
    {
        Server = server;
        File.WriteAllText(_workflow, graph);
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs));
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<IMediaStore>(Store);
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["VideoGen:Upstreams:gpu1:Kind"] = "comfyui",
            ["VideoGen:Upstreams:gpu1:Url"] = server.Address.AbsoluteUri,
            ["VideoGen:Models:wan:Upstream"] = "gpu1",
            ["VideoGen:Models:wan:Workflow"] = _workflow,
            ["VideoGen:Models:wan:Name"] = Model,
        }.Concat(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)))).Build());
        services.AddSingleton<IRenderSites>(new FakeSites());
        services.AddBackends().AddSingleton(new BackendKind("preview", (_, upstream) => new NamedBackend(upstream.Name)));
        _services = services.BuildServiceProvider();
        Store.Put(MediaKind.Upload, Order().Request.CharacterImage, Pictures.Scene().Save("jpg"));
    }

    public FakeComfyServer Server { get; }

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.Parse("2026-11-30T10:00:00Z", null));

    public MemoryMediaStore Store { get; } = new();

    public CapturedLogs Logs { get; } = new();

    public IVideoBackend Backend => _services.GetRequiredService<VideoBackends>().Find("gpu1")!;

    /// <summary>Starts a stand-in that knows the nodes of <see cref="Graph"/>.</summary>
    public static async Task<ComfyBench> StartAsync(
        FakeComfyOptions? options = null, string graph = Graph, params (string Key, string? Value)[] settings)
    {
        options ??= new FakeComfyOptions();
        var server = await FakeComfyServer.StartAsync(options with
        {
            RenderTime = TimeSpan.FromMilliseconds(50),
            NodeClasses = [.. options.NodeClasses, "RepeatImageBatch(image:IMAGE, amount:INT=1[1..4096]) -> IMAGE"],
        });
        return new ComfyBench(server, graph, settings);
    }

    public static RenderRequest Order(int attempt = 1) => new(
        "0193b0d2-0000-7000-8000-000000000001", attempt,
        new GenerationRequest("owner", "character_1.jpg", "the cat starts to dance", 2, 512), Model);

    public async Task<PlanOutcome.Planned> PlannedAsync(RenderRequest? order = null) =>
        Assert.IsType<PlanOutcome.Planned>(await Backend.PlanAsync(order ?? Order(), CancellationToken.None));

    /// <summary>An accepted job and its plan.</summary>
    public async Task<(RenderPlan Plan, RenderJob Job)> AcceptedAsync(RenderRequest? order = null)
    {
        var planned = await PlannedAsync(order);
        return (planned.Plan, Assert.IsType<SubmitOutcome.Accepted>(await planned.Submit()).Job);
    }

    public Task<FindOutcome> FindAsync(RenderPlan plan) =>
        PassingAsync(Backend.FindAsync(Order(), plan, null, CancellationToken.None));

    public Task<PollOutcome> PollAsync(RenderPlan plan, RenderJob job) =>
        PassingAsync(Backend.PollAsync(Order(), plan, job, CancellationToken.None));

    /// <summary>Polls until the job is over.</summary>
    public Task<PollOutcome> EndAsync(RenderPlan plan, RenderJob job) => Eventually.GetAsync(
        () => PollAsync(plan, job), outcome => outcome is not PollOutcome.Running, outcome => $"Still {outcome}.");

    /// <summary>Lets the waits of the backend pass while the stand-in works in real time.</summary>
    public async Task<T> PassingAsync<T>(Task<T> call)
    {
        while (await Task.WhenAny(call, Task.Delay(20)) != call)
        {
            Time.Advance(TimeSpan.FromSeconds(0.5));
        }

        return await call;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Server.DisposeAsync();
        File.Delete(_workflow);
    }
}
