using Microsoft.Extensions.Options;
using VideoGen.Api.Access;
using VideoGen.Api.Characters;
using VideoGen.Api.Documentation;
using VideoGen.Api.Edges;
using VideoGen.Api.Health;
using VideoGen.Api.Limits;
using VideoGen.Api.Live;
using VideoGen.Api.Problems;
using VideoGen.Api.Webhooks;

namespace VideoGen.Api.Hosting;

/// <summary>What every route of the API shares.</summary>
internal static class ApiComposition
{
    public static void AddApi(this WebApplicationBuilder builder)
    {
        builder.Services.AddEdges();
        builder.Services.AddLimits();
        builder.Services.ConfigureHttpJsonOptions(json => ApiJson.Apply(json.SerializerOptions));
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<ExceptionProblems>();
        builder.Services.AddSingleton<UploadGate>();
        builder.Services.AddSingleton<Pictures>();
        builder.Services.AddSingleton<IValidateOptions<UploadOptions>, UploadOptionsValidator>();
        builder.Services.AddOptions<UploadOptions>().BindConfiguration(UploadOptions.Section).ValidateOnStart();
        builder.Services.AddAccess();
        builder.Services.AddLive();
        builder.Services.AddOptions<LiveOptions>().PostConfigure<ConnectionPlaces>(
            // Half of the connections are for everything else.
            (live, connections) => live.MaxStreams = Math.Min(live.MaxStreams, connections.Served / 2));
        builder.Services.AddReceivers();
        builder.Services.AddHealthChecks().AddCheck<UpstreamsCheck>("upstreams");
        builder.AddDocumentation();
    }

    /// <summary>The order matters: an error must carry the headers of the first as well, and limits know their caller.</summary>
    public static void UseApi(this WebApplication app)
    {
        app.UseRoutingOfHead();
        app.UseEdges();
        app.Use(LastAnswer.AnnounceAsync);
        app.UseExceptionHandler();
        app.UseStatusCodePages(context => Problem.WriteForStatusAsync(context.HttpContext));
        app.UseWrongKeyLimit();
        app.UseMiddleware<Identification>();
        app.Use(PlainBodies.RefuseCompressedAsync);
        app.UseRequestTimeouts();
        app.UseLimits();
    }
}
