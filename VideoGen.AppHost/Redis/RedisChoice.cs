namespace VideoGen.AppHost.Redis;

internal static class RedisChoice
{
    private const string Name = "redis";

    // Every write is in the page cache before it is acknowledged, so killing Redis loses nothing.
    private static readonly string[] Durable =
        ["--appendonly", "yes", "--appendfsync", "everysec", "--save", "", "--maxmemory-policy", "noeviction"];

    /// <summary>Adds the cluster's Redis: a container, a local process, or an existing server.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddRedis(
        this IDistributedApplicationBuilder builder, ClusterOptions options) => options.Redis switch
        {
            "auto" => ContainerEngine.Answers() ? builder.AddContainer(options) : builder.AddProcess(options),
            "container" => builder.AddContainer(options),
            "process" => builder.AddProcess(options),
            var address when address.Contains(':') => builder.AddExisting(address),
            _ => throw new LaunchException(
                "--redis must be auto, container, process, or a connection string: host:port,password=…"),
        };

    private static IResourceBuilder<IResourceWithConnectionString> AddContainer(
        this IDistributedApplicationBuilder builder, ClusterOptions options) =>
        RedisBuilderExtensions.AddRedis(builder, Name)
            .WithDataVolume(ContainerEngine.VolumeOf(options.DataDirectory))
            .WithArgs([.. Durable]);

    private static IResourceBuilder<IResourceWithConnectionString> AddProcess(
        this IDistributedApplicationBuilder builder, ClusterOptions options) =>
        builder.AddRedisProcess(Name, Path.Combine(options.DataDirectory, "redis"), Durable);

    /// <summary>The connection string may contain a password, so all of it is a secret.</summary>
    private static IResourceBuilder<IResourceWithConnectionString> AddExisting(
        this IDistributedApplicationBuilder builder, string connectionString)
    {
        var secret = builder.AddParameter("redis-connection", connectionString, secret: true);
        return builder.AddConnectionString(Name, ReferenceExpression.Create($"{secret}")).WithOrleansProviderType("Redis");
    }
}
