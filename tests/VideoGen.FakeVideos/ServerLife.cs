using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using VideoGen.FakeVideos.Books;
using VideoGen.FakeVideos.Control;
using VideoGen.FakeVideos.Faults;
using VideoGen.FakeVideos.Jobs;
using VideoGen.FakeVideos.Rendering;
using VideoGen.FakeVideos.Videos;

namespace VideoGen.FakeVideos;

/// <summary>What outlives a restart.</summary>
internal sealed record Memory(
    FakeVideosOptions Options, VideosSettingsBoard Settings, VideosBooks Books, FaultBook Faults, VideoRenderer Renderer);

/// <summary>One life of the server, from a start to the death that forgets all jobs.</summary>
internal sealed class ServerLife : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ServerLife(WebApplication app)
    {
        _app = app;
        Address = new(app.Urls.First());
    }

    public Uri Address { get; }

    /// <summary>Ends it.</summary>
    public KillSwitch Switch => _app.Services.GetRequiredService<KillSwitch>();

    public static async Task<ServerLife> StartAsync(Memory memory, string url, CancellationToken cancellationToken)
    {
        // An empty builder: the settings files and variables of the program under test are not for this server.
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls(url).ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 64 << 20);
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole();
        builder.Services.AddRoutingCore().ConfigureHttpJsonOptions(json => SetStyle(json.SerializerOptions));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(100));
        builder.Services.AddSingleton(memory.Options.Time).AddSingleton(memory.Settings).AddSingleton(memory.Books);
        builder.Services.AddSingleton(memory.Faults).AddSingleton(memory.Renderer).AddSingleton(memory.Renderer.Pictures);
        builder.Services.AddSingleton<JobStore>().AddSingleton<KillSwitch>().AddSingleton<JobRunner>();
        builder.Services.AddHostedService(services => services.GetRequiredService<JobRunner>());
        builder.Services.AddSingleton<RequestReader>().AddSingleton<RequestFaults>().AddSingleton<CreateEndpoint>();

        var app = builder.Build();
        app.Use(CutOffAtDeathAsync);
        app.UseRouting();
        app.MapVideos(memory.Options.ApiKey);
        app.MapControl();
        try
        {
            await app.StartAsync(cancellationToken);
            return new(app);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Dies, and frees the port.</summary>
    public async ValueTask DisposeAsync()
    {
        Switch.Kill();
        try
        {
            await _app.StopAsync();
        }
        catch (OperationCanceledException)
        {
            // Connections were open; they are cut.
        }

        await _app.DisposeAsync();
    }

    private static async Task CutOffAtDeathAsync(HttpContext context, RequestDelegate next)
    {
        var dead = context.RequestServices.GetRequiredService<KillSwitch>().Dead;
        if (context.Request.Path.StartsWithSegments("/control"))
        {
            await next(context);
            return;
        }

        await using var registration = dead.Register(context.Abort);
        if (!dead.IsCancellationRequested)
        {
            await next(context);
        }
    }

    private static void SetStyle(JsonSerializerOptions json)
    {
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower));
        json.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
    }
}
