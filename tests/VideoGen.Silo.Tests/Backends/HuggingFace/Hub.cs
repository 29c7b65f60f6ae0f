using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Media;
using VideoGen.Silo.Backends;
using VideoGen.Silo.Backends.Downloads;
using VideoGen.Silo.Backends.Endpoint;
using VideoGen.Silo.Backends.HuggingFace;
using VideoGen.Silo.Backends.HuggingFace.Mapping;
using VideoGen.Silo.Backends.LocalRenders;
using VideoGen.Silo.Backends.Settings;
using VideoGen.Silo.Backends.Wire;
using VideoGen.Silo.Tests.Backends.LocalRenders;

namespace VideoGen.Silo.Tests.Backends.HuggingFace;

/// <summary>The backend as the silo composes it, over a scripted network.</summary>
internal sealed class Hub : IDisposable
{
    public const string Token = "hf_veryMuchASecret123";
    public const string FalSubmit = "https://router.huggingface.co/fal-ai/fal-ai/wan/v2.2-a14b/image-to-video?_subdomain=queue";
    public const string FalJob = "https://router.huggingface.co/fal-ai/fal-ai/wan/requests/764c";
    public const string FalAccepted =
        """{"status":"IN_QUEUE","request_id":"764c","response_url":"https://queue.fal.run/fal-ai/wan/requests/764c","cancel_url":"https://queue.fal.run/fal-ai/wan/requests/764c/cancel"}""";

    public static readonly byte[] Film = [0, 0, 0, 24, .. "ftypmp42"u8, 0, 0, 0, 0, .. "mp42isom"u8];
    private readonly ServiceProvider _services;

    public Hub(params (string Key, string? Value)[] settings)
        : this(new ScriptedHttp(), settings)
    {
    }

    public Hub(HttpMessageHandler? network, params (string Key, string? Value)[] settings)
    {
        Http = network as ScriptedHttp ?? new ScriptedHttp();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs));
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<IMediaStore>(Store);
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(
            settings.Prepend(("HF_TOKEN", Token)).GroupBy(pair => pair.Item1)
                .Select(group => KeyValuePair.Create(group.Key, group.Last().Item2))).Build());
        services.AddSingleton<IRenderSites>(new FakeSites());
        services.AddBackends().AddSingleton(new BackendKind("preview", (_, upstream) => new NamedBackend(upstream.Name)));
        if (network is not null)
        {
            foreach (var client in new[] { UpstreamClient.QueryClient, UpstreamClient.SubmitClient, VideoDownload.Client,
                EndpointCall.Client })
            {
                services.AddHttpClient(client).ConfigurePrimaryHttpMessageHandler(() => network);
            }
        }

        _services = services.BuildServiceProvider();
        Store.Put(MediaKind.Upload, Order().Request.CharacterImage, [0xFF, 0xD8, 0xFF, 0xFB, 0xEF, 0xBE]);
    }

    public ScriptedHttp Http { get; }

    public MemoryMediaStore Store { get; } = new();

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.Parse("2026-11-23T10:00:00Z", null));

    public CapturedLogs Logs { get; } = new();

    public IVideoBackend Backend => _services.GetRequiredService<IVideoBackends>().Find("huggingface")!;

    /// <summary>What is known about the default model.</summary>
    public ModelMapping Mapping =>
        ((HuggingFaceBackend)Get<VideoBackends>().Find("huggingface")!).Mappings.Of("Wan-AI/Wan2.2-I2V-A14B");

    public Upstream Upstream(string name) => Get<ModelTable>().Upstreams.Single(upstream => upstream.Name == name);

    /// <summary>The backend of requests that name no model.</summary>
    public IVideoBackend Default => Get<IVideoBackends>().Of(Get<IVideoBackends>().Default);

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public static RenderRequest Order(int seconds = 5, int side = 768, string script = "the cat starts to dance") => new(
        "0193b0d2-0000-7000-8000-000000000001", 1, new GenerationRequest("owner", "character_1.jpg", script, seconds, side));

    public Hub Serves(string provider, string providerId, string task = "image-to-video", string model = "Wan-AI/Wan2.2-I2V-A14B")
    {
        Http.On("GET", $"https://huggingface.co/api/models/{model}?expand[]=inferenceProviderMapping", 200,
            $$$$"""{"inferenceProviderMapping":{"{{{{provider}}}}":{"status":"live","providerId":"{{{{providerId}}}}","task":"{{{{task}}}}"}}}""");
        return this;
    }

    public Hub ServesWan() => Serves("fal-ai", "fal-ai/wan/v2.2-a14b/image-to-video");

    public async Task<PlanOutcome.Planned> PlannedAsync(RenderRequest? order = null) =>
        Assert.IsType<PlanOutcome.Planned>(await Backend.PlanAsync(order ?? Order(), CancellationToken.None));

    public async Task<RenderPlan> PlanAsync(RenderRequest? order = null) => (await PlannedAsync(order)).Plan;

    public async Task<SubmitOutcome> SubmitAsync(RenderRequest? order = null) => await (await PlannedAsync(order)).Submit();

    // As the host does: some backends can only be disposed of asynchronously.
    public void Dispose() => _services.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
