using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using VideoGen.FakeHub.Cdn;
using VideoGen.FakeHub.Control;
using VideoGen.FakeHub.Dedicated;
using VideoGen.FakeHub.Faults;
using VideoGen.FakeHub.Hub;
using VideoGen.FakeHub.Jobs;
using VideoGen.FakeHub.Requests;
using VideoGen.FakeHub.Router;

namespace VideoGen.FakeHub;

/// <summary>The stand-in on one port: the Hub at the root, the router, a dedicated endpoint, the CDN and the control.</summary>
public sealed class FakeHubServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeHubServer(WebApplication app)
    {
        _app = app;
        Address = new(app.Urls.First());
    }

    /// <summary>The root, and the value for the setting <c>HubUrl</c>.</summary>
    public Uri Address { get; }

    /// <summary>All roots, where it was given several addresses.</summary>
    public IReadOnlyList<Uri> Addresses => [.. _app.Urls.Order().Select(url => new Uri(url))];

    /// <summary>The value for the setting <c>RouterUrl</c>.</summary>
    public Uri RouterUrl => new(Address, "/router");

    /// <summary>The value for the setting <c>EndpointUrl</c>.</summary>
    public Uri EndpointUrl => new(Address, "/endpoint");

    /// <summary>What is to go wrong.</summary>
    public FaultBook Faults => _app.Services.GetRequiredService<FaultBook>();

    /// <summary>The jobs that were accepted, and how many ran at once.</summary>
    public JobBoard Jobs => _app.Services.GetRequiredService<JobBoard>();

    /// <summary>Every submit that arrived, accepted or not.</summary>
    public SubmitLog Submits => _app.Services.GetRequiredService<SubmitLog>();

    /// <summary>Every request that arrived, except those to the control.</summary>
    public RequestLog Requests => _app.Services.GetRequiredService<RequestLog>();

    /// <summary>The models that the Hub knows, and who serves them.</summary>
    public ModelCatalogue Models => _app.Services.GetRequiredService<ModelCatalogue>();

    /// <summary>The paces.</summary>
    public SettingsBoard Settings => _app.Services.GetRequiredService<SettingsBoard>();

    /// <summary>Makes the films (once per process, with ffmpeg) and listens.</summary>
    public static async Task<FakeHubServer> StartAsync(
        FakeHubOptions? options = null, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        options ??= new();

        // An empty builder: the settings files and variables of the program under test are not for this server.
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls(options.Urls.Split(';'));
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole();
        builder.Services.AddRoutingCore().ConfigureHttpJsonOptions(json => SetStyle(json.SerializerOptions));
        builder.Services.AddSingleton(time ?? TimeProvider.System).AddSingleton(new SettingsBoard(options.Settings));
        builder.Services.AddSingleton(await Films.GetAsync().WaitAsync(cancellationToken));
        builder.Services.AddSingleton<FaultBook>().AddSingleton<ModelCatalogue>().AddSingleton<JobBoard>();
        builder.Services.AddSingleton<SubmitLog>().AddSingleton<RequestLog>().AddSingleton<JobDesk>().AddSingleton<CdnLinks>();
        builder.Services.AddSingleton<HubMemory>();

        var app = builder.Build();
        app.UseRequestLog();
        app.UseRouting();
        app.MapHub();
        app.MapRouter();
        app.MapDedicatedEndpoint();
        app.MapCdn();
        app.MapControl();
        await app.StartAsync(cancellationToken);
        return new(app);
    }

    /// <summary>Forgets jobs, logs and faults, and returns to the models and settings of the start.</summary>
    public void Reset() => _app.Services.GetRequiredService<HubMemory>().Reset();

    /// <summary>Waits for Ctrl+C or SIGTERM.</summary>
    public Task WaitForShutdownAsync() => _app.WaitForShutdownAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static void SetStyle(JsonSerializerOptions json)
    {
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower));
        json.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
    }
}
