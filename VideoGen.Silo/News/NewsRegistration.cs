using VideoGen.Grains.Ports;

namespace VideoGen.Silo.News;

/// <summary>News over the cluster's Redis, for silos whose watchers are in other processes.</summary>
internal static class NewsRegistration
{
    public static void AddRedisNews(this IServiceCollection services)
    {
        services.AddSingleton<NewsChannels>();
        services.AddSingleton<Interests>();
        services.AddSingleton<RedisNews>();
        services.AddSingleton<IGenerationNews>(provider => provider.GetRequiredService<RedisNews>());
        services.AddHostedService(provider => provider.GetRequiredService<RedisNews>());
    }
}
