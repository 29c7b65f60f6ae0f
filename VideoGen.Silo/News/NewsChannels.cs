using Microsoft.Extensions.Options;
using Orleans.Configuration;
using StackExchange.Redis;

namespace VideoGen.Silo.News;

/// <summary>The channels on which silos and API processes of one cluster speak about what is watched.</summary>
public sealed class NewsChannels(IOptions<ClusterOptions> cluster)
{
    private string Prefix => $"{cluster.Value.ServiceId}/news/{cluster.Value.ClusterId}";

    /// <summary>API processes say what they watch; every silo listens.</summary>
    public RedisChannel Interest => RedisChannel.Literal($"{Prefix}/interest");

    /// <summary>A silo that has just started asks what is watched; every API process listens.</summary>
    public RedisChannel Question => RedisChannel.Literal($"{Prefix}/question");

    /// <summary>Silos tell one API process what it watches.</summary>
    public RedisChannel To(string node) => RedisChannel.Literal($"{Prefix}/to/{node}");
}
