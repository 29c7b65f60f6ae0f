using VideoGen.Silo.Backends.LocalRenders;
using VideoGen.Silo.Backends.Settings;
using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Backends.Endpoint;

/// <summary>Registers the kind of upstream that is one synchronous call.</summary>
internal static class EndpointRegistration
{
    public static IServiceCollection AddEndpoint(this IServiceCollection services)
    {
        services.AddHardenedClient(EndpointCall.Client, TimeSpan.FromMinutes(5));
        services.AddSingleton<EndpointCall>();
        return services.AddLocalRenders().AddSingleton(new BackendKind(
            BackendNames.Endpoint,
            (provider, upstream) => ActivatorUtilities.CreateInstance<EndpointBackend>(provider, upstream)));
    }
}
