using VideoGen.Api.Authentication;
using VideoGen.Api.Events;
using VideoGen.Api.Generations;
using VideoGen.Api.Health;
using VideoGen.Api.Http;
using VideoGen.Api.Mcp;
using VideoGen.Api.OpenAi;
using VideoGen.Api.OpenApi;
using VideoGen.Api.Pipeline;
using VideoGen.Api.RateLimiting;
using VideoGen.Api.Storyboards;
using VideoGen.Api.Subscriptions;
using VideoGen.Api.Uploads;
using VideoGen.Api.Webhooks;
using VideoGen.Grains.Settings;

namespace VideoGen.Api.Hosting;

/// <summary>Composes what every route of the API shares.</summary>
internal static class ApiComposition
{
    public static void AddApi(this WebApplicationBuilder builder)
    {
        builder.Services.AddPipeline();
        builder.Services.AddRateLimits();
        builder.Services.ConfigureHttpJsonOptions(json => ApiJson.Apply(json.SerializerOptions));
        builder.Services.AddOpenAi();
        builder.Services.AddMcp();
        builder.Services.AddProblemDetails();
        builder.Services.AddSingleton<ExceptionProblems>();
        builder.Services.AddExceptionHandler<ExceptionProblems>();
        builder.Services.AddSingleton<UploadLimiter>();
        builder.Services.AddSingleton<UploadLibrary>();
        builder.Services.AddSingleton<GenerationCreation>();
        builder.Services.AddSingleton<PictureSubmission>();
        builder.Services.AddStoryboards();
        builder.Services.AddSettings<UploadOptions, UploadOptionsValidator>(UploadOptions.Section);
        builder.Services.AddApiKeys();
        builder.Services.AddEvents();
        builder.Services.AddOptions<EventOptions>().PostConfigure<ConnectionPlaces>(
            // The other half of the connections is for other requests.
            (live, connections) => live.MaxStreams = Math.Min(live.MaxStreams, Math.Max(1, connections.Served / 2)));
        builder.Services.AddWebhookUrls();
        builder.Services.AddHealthChecks().AddCheck<UpstreamsCheck>("upstreams");
        builder.AddDocumentation();
    }

    /// <summary>
    /// The order matters: errors must also carry the headers of the first components, and limits need the caller.
    /// </summary>
    public static void UseApi(this WebApplication app)
    {
        app.UseRoutingOfHead();
        app.Use(OpenAiHeaders.AddAsync);
        app.UsePipeline();
        app.Use(LastAnswer.AnnounceAsync);
        app.UseExceptionHandler();
        app.UseStatusCodePages(context => Problem.WriteForStatusAsync(context.HttpContext));
        app.UseWrongKeyLimit();
        app.UseMiddleware<ApiKeyMiddleware>();
        app.Use(PlainBodies.RefuseCompressedAsync);
        app.UseRequestTimeouts();
        app.UseRateLimits();
    }
}
