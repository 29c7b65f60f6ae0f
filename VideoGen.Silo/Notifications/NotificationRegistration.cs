using VideoGen.Grains.Notifications;

namespace VideoGen.Silo.Notifications;

/// <summary>Notifications over the cluster's Redis, for silos whose subscribers are in other processes.</summary>
internal static class NotificationRegistration
{
    public static void AddRedisNotifications(this IServiceCollection services)
    {
        services.AddSingleton<NotificationChannels>();
        services.AddSingleton<RedisNotifications>();
        services.AddSingleton<IGenerationNotifications>(provider => provider.GetRequiredService<RedisNotifications>());
        services.AddHostedService(provider => provider.GetRequiredService<RedisNotifications>());
    }
}
