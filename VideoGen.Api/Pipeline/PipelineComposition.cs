using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.HttpsPolicy;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using VideoGen.Api.Http;
using VideoGen.Grains.Settings;

namespace VideoGen.Api.Pipeline;

/// <summary>Composes the middleware between the network and the endpoints.</summary>
internal static class PipelineComposition
{
    private static readonly string[] Probes = ["/alive", "/ready", "/health"];

    public static void AddPipeline(this IServiceCollection services)
    {
        services.AddSettings<PipelineOptions, PipelineOptionsValidator>(PipelineOptions.Section);
        services.AddSettings<ProxyOptions, ProxyOptionsValidator>(ProxyOptions.Section);
        services.AddSingleton<IConfigureOptions<KestrelServerOptions>, ConnectionLimits>();
        services.AddSingleton<ConnectionPlaces>();
        services.AddSingleton<IConnectionListenerFactory, BoundedTransport>();
        services.AddSingleton<CrossOrigin>();
        services.AddSingleton<IConfigureOptions<CorsOptions>>(provider => provider.GetRequiredService<CrossOrigin>());
        services.AddCors();
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<ProxyOptions>>(TrustProxies);
        services.AddOptions<HttpsRedirectionOptions>().Configure<IOptions<PipelineOptions>>(Redirect);
        services.AddOptions<HstsOptions>().Configure<IOptions<PipelineOptions>>(
            (hsts, pipeline) => hsts.MaxAge = TimeSpan.FromDays(pipeline.Value.HstsDays));
        services.AddRequestTimeouts();
        services.AddOptions<RequestTimeoutOptions>().Configure<IOptions<PipelineOptions>>(
            (timeouts, pipeline) => timeouts.DefaultPolicy = new RequestTimeoutPolicy
            {
                Timeout = pipeline.Value.RequestTimeout,
                WriteTimeoutResponse = WriteTimeoutAsync,
            });
    }

    /// <summary>The order matters: every response needs the client's address and the headers.</summary>
    public static void UsePipeline(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<ProxyOptions>>().Value.Any)
        {
            app.UseForwardedHeaders();
        }

        app.UseMiddleware<SecurityHeaders>();
        var pipeline = app.Services.GetRequiredService<IOptions<PipelineOptions>>().Value;
        if (pipeline.HstsDays > 0)
        {
            app.UseHsts();
        }

        if (pipeline.RedirectToHttps)
        {
            // Orchestrators probe the process directly, over plain HTTP behind a proxy.
            app.UseWhen(context => !Probes.Contains(context.Request.Path.Value), plain => plain.UseHttpsRedirection());
        }

        app.UseCors();
        app.Use(RefuseUnservedAsync);
    }

    /// <summary>Rejects requests on connections beyond the limit. Probes and health are served anyway.</summary>
    private static Task RefuseUnservedAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<ConnectionPlaces.Place>() is null or { IsServed: true }
            || Probes.Contains(context.Request.Path.Value))
        {
            return next(context);
        }

        context.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
        return Problem.ConnectionsBusy(context.Response).ExecuteAsync(context);
    }

    /// <summary>
    /// Also applies if the framework adds forwarded headers by itself (<c>ASPNETCORE_FORWARDEDHEADERS_ENABLED</c>, which Aspire
    /// sets), where no known proxy means that every client is trusted.
    /// </summary>
    private static void TrustProxies(ForwardedHeadersOptions forwarded, IOptions<ProxyOptions> proxies)
    {
        forwarded.ForwardedHeaders = proxies.Value.Any
            ? ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedPrefix
            : ForwardedHeaders.None;
        forwarded.ForwardLimit = null;    // no limit on proxies in a row: the first unknown address is the client
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var entry in proxies.Value.Entries)
        {
            forwarded.KnownIPNetworks.Add(ProxyOptions.NetworkOf(entry)!.Value);
        }
    }

    private static void Redirect(HttpsRedirectionOptions redirection, IOptions<PipelineOptions> pipeline)
    {
        redirection.HttpsPort = pipeline.Value.HttpsPort;
        redirection.RedirectStatusCode = StatusCodes.Status308PermanentRedirect;    // keeps the method of a POST
    }

    /// <summary>With a body the slow side is the client, without one it is this server.</summary>
    private static Task WriteTimeoutAsync(HttpContext context) =>
        (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true }
            ? Problem.ForStatus(StatusCodes.Status408RequestTimeout)
            : Problem.Unavailable(context.Response)).ExecuteAsync(context);
}
