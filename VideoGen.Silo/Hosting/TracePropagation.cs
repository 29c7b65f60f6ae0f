using VideoGen.ServiceDefaults;

namespace VideoGen.Silo.Hosting;

/// <summary>Propagates the trace of a request to its grain calls.</summary>
public static class TracePropagation
{
    /// <summary>For a silo. Does nothing unless a collector is configured, because it costs time on every call.</summary>
    public static ISiloBuilder AddTracePropagation(this ISiloBuilder silo) =>
        IsLeftToUs(silo.Configuration) ? silo.AddActivityPropagation() : silo;

    /// <summary>For a client. Does nothing unless a collector is configured.</summary>
    public static IClientBuilder AddTracePropagation(this IClientBuilder client) =>
        IsLeftToUs(client.Configuration) ? client.AddActivityPropagation() : client;

    /// <summary>
    /// With the setting that Aspire generates, Orleans propagates by itself; doing it twice would give two spans per call.
    /// </summary>
    private static bool IsLeftToUs(IConfiguration configuration) =>
        configuration.HasCollector() && !configuration.GetValue("Orleans:EnableDistributedTracing", false);
}
