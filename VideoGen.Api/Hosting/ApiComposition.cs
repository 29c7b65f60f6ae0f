using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using VideoGen.Api.Access;
using VideoGen.Api.Characters;
using VideoGen.Api.Documentation;
using VideoGen.Api.Live;
using VideoGen.Api.Problems;
using VideoGen.Api.Webhooks;

namespace VideoGen.Api.Hosting;

/// <summary>What every route of the API shares.</summary>
internal static class ApiComposition
{
    public static void AddApi(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(Limit);
        builder.Services.ConfigureHttpJsonOptions(json => ApiJson.Apply(json.SerializerOptions));
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<ExceptionProblems>();
        builder.Services.AddCors(cors => cors.AddDefaultPolicy(AllowEverybody));
        builder.Services.AddSingleton<UploadGate>();
        builder.Services.AddSingleton<IValidateOptions<UploadOptions>, UploadOptionsValidator>();
        builder.Services.AddOptions<UploadOptions>().BindConfiguration(UploadOptions.Section).ValidateOnStart();
        builder.Services.AddAccess();
        builder.Services.AddLive();
        builder.Services.AddReceivers();
        builder.AddDocumentation();
    }

    /// <summary>The order matters: an error must carry the headers of the first two as well.</summary>
    public static void UseApi(this WebApplication app)
    {
        app.Use(NeverSniff);
        app.Use(LastAnswer.AnnounceAsync);
        app.UseCors();
        app.UseExceptionHandler();
        app.UseStatusCodePages(context => Problem.WriteForStatusAsync(context.HttpContext));
        app.UseMiddleware<Identification>();
    }

    // There are no cookies and no accounts, so that nothing is given away by answering every origin.
    private static void AllowEverybody(CorsPolicyBuilder policy) => policy
        .AllowAnyOrigin()
        .AllowAnyHeader()
        .WithMethods(HttpMethods.Get, HttpMethods.Post, HttpMethods.Put, HttpMethods.Delete)
        .WithExposedHeaders("Location", "ETag", "Retry-After", "Link", "Idempotency-Replayed", "Preference-Applied")
        .SetPreflightMaxAge(TimeSpan.FromHours(1));

    private static void Limit(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = 20_000;    // half of them are left when all event streams are taken
        kestrel.Limits.MaxRequestBodySize = JsonBody.MaxBytes;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
    }

    private static Task NeverSniff(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(
            static response =>
            {
                ((HttpResponse)response).Headers.XContentTypeOptions = "nosniff";
                return Task.CompletedTask;
            },
            context.Response);
        return next(context);
    }
}
