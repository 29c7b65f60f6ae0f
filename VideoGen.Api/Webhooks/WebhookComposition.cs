using VideoGen.Api.Generations;
using VideoGen.Grains.Webhooks;

namespace VideoGen.Api.Webhooks;

/// <summary>Registers the webhook settings, with which the API rejects unusable URLs at once.</summary>
internal static class WebhookComposition
{
    public static void AddWebhookUrls(this IServiceCollection services)
    {
        WebhookSettings.Add(services);
        services.AddSingleton<WebhookUrls>();
    }
}
