using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using VideoGen.FakeComfy.Control;
using VideoGen.FakeComfy.Faults;
using VideoGen.FakeComfy.Graphs;
using VideoGen.FakeComfy.Nodes;
using VideoGen.FakeComfy.Prompts;
using VideoGen.FakeComfy.Rendering;

namespace VideoGen.FakeComfy.Lives;

/// <summary>One life that listens on a port, with its worker.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private const long MostUpload = 100 * 1024 * 1024;

    private readonly WebApplication _app;
    private readonly Task _worker;

    private Listener(Life life, WebApplication app)
    {
        Life = life;
        _app = app;
        _worker = new Worker(life).WorkAsync();
    }

    public Life Life { get; }

    public static async Task<Listener> StartAsync(Life life, int port, CancellationToken cancellationToken)
    {
        // An empty builder: the settings files and variables of the program under test are not for this server.
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = MostUpload;
            kestrel.Listen(
                IPAddress.Loopback, port, endpoint => endpoint.Use(next => connection => life.ConnectAsync(connection, next)));
        });
        builder.Logging.SetMinimumLevel(LogLevel.Error).AddSimpleConsole();
        builder.Services.AddRoutingCore().ConfigureHttpJsonOptions(json => SetStyle(json.SerializerOptions));
        builder.Services.AddSingleton(life).AddSingleton(life.State);
        builder.Services.AddSingleton(life.State.Books).AddSingleton(life.State.Faults);
        builder.Services.AddSingleton(life.State.Settings).AddSingleton(life.State.Files);
        builder.Services.AddSingleton<ObjectInfo>().AddSingleton<GraphValidator>().AddSingleton<SubmitDesk>();

        var app = builder.Build();
        app.UseRequestFaults();
        app.UseWebSockets();
        app.UseRouting();
        app.MapComfy();
        app.MapControl();
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new(life, app);
    }

    /// <summary>Ends as a killed process does: everything is forgotten and every connection cut.</summary>
    public async ValueTask DisposeAsync()
    {
        Life.Die();
        Life.CutOff();
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
        await _worker;
        Life.Dispose();
    }

    private static void SetStyle(JsonSerializerOptions json)
    {
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower));
        json.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
    }
}
