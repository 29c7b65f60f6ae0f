using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VideoGen.Api.Authentication;
using VideoGen.Api.Characters;
using VideoGen.Api.Events;
using VideoGen.Api.Generations;
using VideoGen.Api.Health;
using VideoGen.Api.Hosting;
using VideoGen.Api.Mcp;
using VideoGen.Api.Media;
using VideoGen.Api.Models;
using VideoGen.Api.OpenAi;
using VideoGen.Api.OpenApi;
using VideoGen.Api.Storyboards;
using VideoGen.Api.Subscriptions;
using VideoGen.Api.Tests.Fakes;
using VideoGen.Api.Uploads;
using VideoGen.Api.Webhooks;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Media;
using VideoGen.Grains.Notifications;
using VideoGen.ServiceDefaults;
using VideoGen.Testing;

namespace VideoGen.Api.Tests;

/// <summary>The HTTP face on a real port, with real files, before a cluster and a decoder that tests can command.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    private readonly TemporaryDirectory _data = new();
    private readonly WebApplication _app;

    private ApiHost((string Key, string Value)[] settings, TimeProvider time)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["VideoGen:DataDirectory"] = _data.Path;
        foreach (var (key, value) in settings)
        {
            builder.Configuration[key] = value;
        }

        builder.Logging.ClearProviders().AddProvider(Log);
        builder.AddServiceDefaults();
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton<IGrainFactory>(Cluster);
        builder.Services.AddSingleton<IImageIntake>(Intake);
        builder.Services.AddSingleton<IStorageHeadroom>(Disk);
        builder.Services.AddFileMedia();
        builder.AddApi();
        _app = builder.Build();
        _app.UseApi();
        _app.MapDefaultEndpoints();
        _app.MapHealth();
        _app.MapUploads();
        _app.MapGenerations();
        _app.MapSteering();
        _app.MapCharacters();
        _app.MapLineage();
        _app.MapStoryboardRoutes();
        _app.MapModels();
        _app.MapOpenAi();
        _app.MapMcp();
        _app.MapEvents();
        _app.MapWebhooks();
        _app.MapMedia();
        _app.MapDocumentation();
    }

    public FakeCluster Cluster { get; } = new();

    public FakeImageIntake Intake { get; } = new();

    public FakeHeadroom Disk { get; } = new();

    public LogRecorder Log { get; } = new();

    public HttpClient Client { get; } = new();

    public CurrentKeys Keys => _app.Services.GetRequiredService<CurrentKeys>();

    public SubscriptionHub Hub => _app.Services.GetRequiredService<SubscriptionHub>();

    public IMediaStore Media => _app.Services.GetRequiredService<IMediaStore>();

    /// <summary>Changes a generation and publishes it, as a silo does.</summary>
    public void Change(GenerationSnapshot generation, GenerationLog? log = null)
    {
        Cluster.Put(generation, log ?? new GenerationLog());
        Hub.Publish(GenerationNotification.Of(generation));
    }

    public static Task<ApiHost> StartAsync(params (string Key, string Value)[] settings) =>
        StartAsync(TimeProvider.System, settings);

    public static async Task<ApiHost> StartAsync(TimeProvider time, params (string Key, string Value)[] settings)
    {
        var host = new ApiHost(settings, time);
        await host._app.StartAsync();
        await host.Media.SaveAsync(
            MediaKind.Upload, Snapshots.Picture, (to, token) => to.WriteAsync("a picture"u8.ToArray(), token).AsTask(), default);
        host.Client.BaseAddress = new Uri(host._app.Urls.Single());
        return host;
    }

    /// <summary>Speaks with a key.</summary>
    public HttpClient ClientWith(string key)
    {
        var client = new HttpClient { BaseAddress = Client.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>Waits until every request has ended.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        _data.Dispose();
    }
}
