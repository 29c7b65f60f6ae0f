using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace VideoGen.ServiceDefaults;

/// <summary>What every process of the service has: telemetry and probes.</summary>
public static class ServiceDefaults
{
    /// <summary>Tags a check that has to pass for <c>/alive</c>: where it fails only a new start helps.</summary>
    public const string Live = "live";

    /// <summary>How long what is under way may take to end; orchestrators have to wait a little longer before they kill.</summary>
    internal static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(20);

    /// <summary>Adds telemetry, exported only where a collector is configured, and the health checks behind the probes.</summary>
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
    /// Maps <c>/alive</c> (the process answers) and <c>/ready</c> (every health check passes). Always, not in development only:
    /// orchestrators probe production.
    /// </summary>
    public static void MapDefaultEndpoints(this WebApplication app)
    {
        app.MapHealthChecks("/alive", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Live) })
            .DisableHttpMetrics().AllowAnonymous();
        app.MapHealthChecks("/ready", new HealthCheckOptions { ResponseWriter = WriteDetailsAsync })
            .DisableHttpMetrics().AllowAnonymous();
    }

    /// <summary>The state of all, and a line for each check that has something to say.</summary>
    private static Task WriteDetailsAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "text/plain";
        var details = report.Entries.Where(check => check.Value.Description is not null)
            .Select(check => $"\n{check.Key}: {check.Value.Description}");
        return context.Response.WriteAsync($"{report.Status}{string.Concat(details)}");
    }
}
