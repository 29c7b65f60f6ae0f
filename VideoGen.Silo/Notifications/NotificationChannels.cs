using Microsoft.Extensions.Options;
using Orleans.Configuration;
using StackExchange.Redis;

namespace VideoGen.Silo.Notifications;

/// <summary>The channels on which the silos of one cluster publish and its API processes subscribe.</summary>
public sealed class NotificationChannels(IOptions<ClusterOptions> cluster)
{
    private readonly string _prefix = $"{cluster.Value.ServiceId}/notifications/{cluster.Value.ClusterId}";

    /// <summary>Every change of this owner's generations.</summary>
    public RedisChannel Of(string owner) => RedisChannel.Literal($"{_prefix}/of/{owner}");

    /// <summary>A silo could not publish something: whoever watches anything has to look.</summary>
    public RedisChannel Everybody => RedisChannel.Literal($"{_prefix}/everybody");
}
