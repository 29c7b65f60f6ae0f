using System.Text.Json;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using StackExchange.Redis;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Submits;
using VideoGen.Silo.Redis;

namespace VideoGen.Silo.Submits;

/// <summary>
/// Stores submit records as plain keys, <c>{ServiceId}/submit/{generation}/{attempt}</c>, with one command each. Processes are
/// identified by silo address, which includes the start time.
/// </summary>
internal sealed class RedisSubmitRecords(
    IServiceProvider services, IOptions<ClusterOptions> cluster, IClusterMembershipService membership, ILocalSiloDetails silo)
    : ISubmitRecords
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    public string Here { get; } = silo.SiloAddress.ToParsableString();

    // Resolved on use instead of when built: the embedded store is not up before.
    private IDatabase Redis =>
        services.GetRequiredKeyedService<IConnectionMultiplexer>(RedisConnection.Key).GetDatabase();

    public bool MayBeAlive(string process) =>
        membership.CurrentSnapshot.GetSiloStatus(SiloAddress.FromParsableString(process))
            is not (SiloStatus.None or SiloStatus.Dead);

    public Task WriteAsync(string generationId, int attempt, SubmitOutcome outcome) =>
        Redis.StringSetAsync(KeyOf(generationId, attempt), JsonSerializer.Serialize(outcome), Lifetime);

    public async Task<SubmitOutcome?> ReadAsync(string generationId, int attempt) =>
        await Redis.StringGetAsync(KeyOf(generationId, attempt)) is { HasValue: true } json
            ? JsonSerializer.Deserialize<SubmitOutcome>(json.ToString())
            : null;

    // One key at a time: on a Redis Cluster they are on different nodes.
    public Task DeleteAsync(string generationId, int attempts) =>
        Task.WhenAll(Enumerable.Range(1, attempts).Select(attempt => Redis.KeyDeleteAsync(KeyOf(generationId, attempt))));

    private RedisKey KeyOf(string generationId, int attempt) => $"{cluster.Value.ServiceId}/submit/{generationId}/{attempt}";
}
