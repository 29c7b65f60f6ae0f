using VideoGen.Grains.Backends;
using VideoGen.Silo.Backends.HuggingFace.Router;
using VideoGen.Silo.Backends.LocalRenders;

namespace VideoGen.Silo.Backends.Endpoint;

/// <summary>Registers the dedicated endpoint; it shares the Hugging Face options.</summary>
internal static class EndpointRegistration
{
    public static IServiceCollection AddEndpoint(this IServiceCollection services)
    {
        services.AddHardenedClient(EndpointCall.Client, TimeSpan.FromMinutes(5));
        services.AddSingleton<EndpointCall>();
        return services.AddLocalRenders().AddSingleton<IVideoBackend, EndpointBackend>();
    }
}
