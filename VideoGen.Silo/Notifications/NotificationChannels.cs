using Microsoft.Extensions.Options;
using Orleans.Configuration;
using StackExchange.Redis;

namespace VideoGen.Silo.Notifications;

/// <summary>The channels to which the silos of a cluster publish and its API processes subscribe.</summary>
public sealed class NotificationChannels(IOptions<ClusterOptions> cluster)
{
    private readonly string _prefix = $"{cluster.Value.ServiceId}/notifications/{cluster.Value.ClusterId}";

    /// <summary>Every change of one owner's generations.</summary>
    public RedisChannel Of(string owner) => RedisChannel.Literal($"{_prefix}/of/{owner}");

    /// <summary>A silo failed to publish something: every subscriber has to read again.</summary>
    public RedisChannel Everybody => RedisChannel.Literal($"{_prefix}/everybody");
}
