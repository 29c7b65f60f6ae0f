using StackExchange.Redis;
using VideoGen.Grains.Storage;

namespace VideoGen.StoreProbe;

/// <summary>Writes ever higher numbers over a ring of keys and says on the output which of them were acknowledged.</summary>
internal sealed class Writer(IDatabase store, IStoreCommit commit, int id, int bytes, int keys)
{
    private readonly string _padding = new('x', bytes);

    public async Task RunAsync(CancellationToken stopping)
    {
        for (var number = 1; !stopping.IsCancellationRequested; number++)
        {
            try
            {
                await store.StringSetAsync($"{id}:{number % keys}", $"{number} {_padding}");
                await commit.WrittenAsync();
                Console.WriteLine($"kept {id} {number}");
            }
            catch (Exception refusal) when (refusal is RedisException or TimeoutException)
            {
                Console.WriteLine($"refused {id} {number} {refusal.GetType().Name}");
                await Task.Delay(100, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
