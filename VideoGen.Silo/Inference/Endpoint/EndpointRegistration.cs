using VideoGen.Grains.Backends;
using VideoGen.Silo.Inference.HuggingFace.Wire;
using VideoGen.Silo.Inference.LocalRenders;

namespace VideoGen.Silo.Inference.Endpoint;

/// <summary>Registers the dedicated endpoint; it shares the options of Hugging Face.</summary>
internal static class EndpointRegistration
{
    public static IServiceCollection AddEndpoint(this IServiceCollection services)
    {
        services.AddHardenedClient(EndpointCall.Client, TimeSpan.FromMinutes(5));
        services.AddSingleton<EndpointCall>();
        return services.AddLocalRenders().AddSingleton<IVideoBackend, EndpointBackend>();
    }
}
