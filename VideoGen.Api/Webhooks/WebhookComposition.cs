using VideoGen.Api.Generations;
using VideoGen.Grains.Webhooks;

namespace VideoGen.Api.Webhooks;

/// <summary>What the API needs of webhooks: their settings, to say at once what cannot be delivered.</summary>
internal static class WebhookComposition
{
    public static void AddWebhookUrls(this IServiceCollection services)
    {
        WebhookSettings.Add(services);
        services.AddSingleton<WebhookUrls>();
    }
}
