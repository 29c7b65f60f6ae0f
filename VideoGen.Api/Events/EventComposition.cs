using Microsoft.Extensions.DependencyInjection.Extensions;
using VideoGen.Api.Generations;
using VideoGen.Api.Subscriptions;
using VideoGen.Grains.Settings;

namespace VideoGen.Api.Events;

/// <summary>Registers the services of event streams and waiting requests.</summary>
internal static class EventComposition
{
    public static void AddEvents(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSettings<EventOptions, EventOptionsValidator>(EventOptions.Section);
        services.AddSingleton<SubscriptionHub>();
        services.AddSingleton<StreamLimiter>();
        services.AddSingleton<GenerationEvents>();
        services.AddSingleton<OwnerEvents>();
        services.AddSingleton<Waiting>();
        services.AddHostedService<ReadAgain>();
    }
}
