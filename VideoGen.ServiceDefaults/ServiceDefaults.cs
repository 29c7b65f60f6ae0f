using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace VideoGen.ServiceDefaults;

/// <summary>Telemetry and health probes for every process of the service.</summary>
public static class ServiceDefaults
{
    /// <summary>Tags a check that <c>/alive</c> includes: only a restart helps when it fails.</summary>
    public const string Live = "live";

    /// <summary>
    /// How long work in progress may take to finish; orchestrators have to wait a little longer before they kill the process.
    /// </summary>
    internal static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(20);

    /// <summary>Adds the health checks and telemetry, which is exported only if a collector is configured.</summary>
    public static IHostApplicationBuilder AddServiceDefaults(this IHostApplicationBuilder builder)
    {
        builder.AddTelemetry();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout);
        builder.Services.AddHealthChecks()
            .AddCheck("self", () => HealthCheckResult.Healthy(), [Live])
            .AddCheck<StoppingCheck>("stopping");
        return builder;
    }

    /// <summary>
    /// Maps <c>/alive</c> (the process responds) and <c>/ready</c> (every health check passes), not only in development:
    /// orchestrators probe in production.
    /// </summary>
    public static void MapDefaultEndpoints(this WebApplication app)
    {
        app.MapHealthChecks("/alive", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Live) })
            .DisableHttpMetrics().AllowAnonymous();
        app.MapHealthChecks("/ready", new HealthCheckOptions { ResponseWriter = WriteDetailsAsync })
            .DisableHttpMetrics().AllowAnonymous();
    }

    /// <summary>Writes the overall status and a line for each check that has a message.</summary>
    private static Task WriteDetailsAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "text/plain";
        var details = report.Entries.Where(check => check.Value.Description is not null)
            .Select(check => $"\n{check.Key}: {check.Value.Description}");
        return context.Response.WriteAsync($"{report.Status}{string.Concat(details)}");
    }
}
