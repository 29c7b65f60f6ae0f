using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace VideoGen.Api.Live;

/// <summary>What watching needs, wherever the notifications come from.</summary>
internal static class LiveComposition
{
    public static void AddLive(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IValidateOptions<LiveOptions>, LiveOptionsValidator>();
        services.AddOptions<LiveOptions>().BindConfiguration(LiveOptions.Section).ValidateOnStart();
        services.AddSingleton<SubscriptionHub>();
        services.AddSingleton<StreamGate>();
        services.AddSingleton<GenerationEvents>();
        services.AddSingleton<OwnerEvents>();
        services.AddSingleton<Waiting>();
        services.AddHostedService<ReadAgain>();
    }
}
