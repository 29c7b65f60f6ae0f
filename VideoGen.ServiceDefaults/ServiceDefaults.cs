using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace VideoGen.ServiceDefaults;

/// <summary>What every process of the service has: telemetry and probes.</summary>
public static class ServiceDefaults
{
    private const string Live = "live";

    /// <summary>Adds telemetry, exported only where a collector is configured, and the health checks behind the probes.</summary>
    public static IHostApplicationBuilder AddServiceDefaults(this IHostApplicationBuilder builder)
    {
        builder.AddTelemetry();
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [Live]);
        return builder;
    }

    /// <summary>
    /// Maps <c>/alive</c> (the process answers) and <c>/ready</c> (every health check passes). Always, not in development only:
    /// orchestrators probe production.
    /// </summary>
    public static void MapDefaultEndpoints(this WebApplication app)
    {
        app.MapHealthChecks("/alive", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Live) });
        app.MapHealthChecks("/ready");
    }
}
