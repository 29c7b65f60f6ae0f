using VideoGen.ServiceDefaults;

namespace VideoGen.Silo.Hosting;

/// <summary>Carries the trace of a request along with its calls of grains.</summary>
public static class TracePropagation
{
    /// <summary>On a silo; nothing where no collector is configured, because every call would pay for it.</summary>
    public static ISiloBuilder AddTracePropagation(this ISiloBuilder silo) =>
        silo.Configuration.HasCollector() ? silo.AddActivityPropagation() : silo;

    /// <summary>On a client; likewise.</summary>
    public static IClientBuilder AddTracePropagation(this IClientBuilder client) =>
        client.Configuration.HasCollector() ? client.AddActivityPropagation() : client;
}
