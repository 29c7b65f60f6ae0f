using VideoGen.ServiceDefaults;

namespace VideoGen.Silo.Hosting;

/// <summary>Carries the trace of a request along with its calls of grains.</summary>
public static class TracePropagation
{
    /// <summary>On a silo; nothing where no collector is configured, because every call would pay for it.</summary>
    public static ISiloBuilder AddTracePropagation(this ISiloBuilder silo) =>
        IsLeftToUs(silo.Configuration) ? silo.AddActivityPropagation() : silo;

    /// <summary>On a client; likewise.</summary>
    public static IClientBuilder AddTracePropagation(this IClientBuilder client) =>
        IsLeftToUs(client.Configuration) ? client.AddActivityPropagation() : client;

    /// <summary>With the setting that Aspire makes, Orleans does it by itself; twice means two spans for each call.</summary>
    private static bool IsLeftToUs(IConfiguration configuration) =>
        configuration.HasCollector() && !configuration.GetValue("Orleans:EnableDistributedTracing", false);
}
