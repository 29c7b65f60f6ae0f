using VideoGen.Grains.Webhooks;
using VideoGen.Silo.Outgoing;

namespace VideoGen.Silo.Webhooks;

/// <summary>Registers the sending of webhooks.</summary>
internal static class WebhookRegistration
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        WebhookSettings.Add(services);
        services.AddSingleton<HostLimiters>();
        services.AddSingleton<IWebhookSender, WebhookSender>();
        services.AddGuardedClient(WebhookSender.Client);
        return services;
    }
}
