using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace VideoGen.ServiceDefaults;

/// <summary>Metrics, traces and logs over OTLP.</summary>
public static class Telemetry
{
    private const string CollectorSetting = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Whether a collector is configured.</summary>
    public static bool HasCollector(this IConfiguration configuration) =>
        !string.IsNullOrWhiteSpace(configuration[CollectorSetting]);

    /// <summary>Collects nothing without a collector: spans that nobody reads cost time on every request.</summary>
    internal static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        if (!builder.Configuration.HasCollector())
        {
            return;
        }

        builder.Logging.AddOpenTelemetry(logging => (logging.IncludeScopes, logging.IncludeFormattedMessage) = (true, true));
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource
                .AddService(builder.Environment.ApplicationName)
                .AddEnvironmentVariableDetector())    // again, so that OTEL_SERVICE_NAME wins
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation()
                .AddMeter("Microsoft.Orleans", "VideoGen*"))
            .WithTracing(tracing => tracing
                .SetSampler(RequestSampler.For(builder.Configuration))
                .AddAspNetCoreInstrumentation(options => options.Filter = context => !IsProbe(context.Request.Path))
                .AddHttpClientInstrumentation()
                .AddRedisInstrumentation(options => options.SetVerboseDatabaseStatements = false)    // no values
                .AddSource("Microsoft.Orleans.*", "VideoGen*"))
            .UseOtlpExporter();
    }

    private static bool IsProbe(PathString path) => path.Value is "/alive" or "/ready" or "/health" or "/api/health";
}
